// Rows that this device keeps until they are sent or old. What is said to be kept is on the disk: the transaction has ended.
const ROWS = "rows";
/** The database with the facts of tasks, wiped at sign-out. */
export const VISIT_FACTS = "sidan-visit-facts";

function opened(database, key) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(ROWS, { keyPath: key });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
}

/** Do one thing with the rows of a database, each known by its `key`, and return what it answered. */
export async function within(database, key, mode, work) {
  const open = await opened(database, key);
  try {
    return await new Promise((done, failed) => {
      const transaction = open.transaction(ROWS, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(ROWS));
      transaction.oncomplete = () => done(asked.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    open.close();
  }
}
