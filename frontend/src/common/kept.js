// Rows that this device keeps until they are sent or old. What is said to be kept is on the disk: the transaction has ended.
const ROWS = "rows";
const VERSION = 2;
/** The facts of tasks, in a database of their own that is wiped at sign-out. */
export const VISIT_FACTS = { database: "sidan-visit-facts", key: "uuid" };
/** The empty sheets of surveys, likewise. */
export const SURVEY_FACTS = { database: "sidan-survey-facts", key: "uuid" };
/** What is on at the doors of activities, likewise. */
export const DOOR_FACTS = { database: "sidan-door-facts", key: "uuid" };

// A device that was used before may hold what waits under another name: nothing of it is lost.
function prepare(database, transaction, key) {
  const former = [...database.objectStoreNames].filter((name) => name !== ROWS);
  const isThere = database.objectStoreNames.contains(ROWS);
  const rows = isThere ? transaction.objectStore(ROWS) : database.createObjectStore(ROWS, { keyPath: key });
  for (const name of former) {
    const asked = transaction.objectStore(name).getAll();
    asked.onsuccess = () => {
      for (const row of asked.result) rows.put(row);
      database.deleteObjectStore(name);
    };
  }
}

function opened({ database, key }) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(database, VERSION);
    opening.onupgradeneeded = () => prepare(opening.result, opening.transaction, key);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
}

/** Do one thing with the rows of a place, a database and the key by which each row is known; return what it answered. */
export async function within(place, mode, work) {
  const open = await opened(place);
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
