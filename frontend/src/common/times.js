// Times that this device keeps, as pages show them.

// As on every other page: the county's time, whatever the telephone is set to.
const COUNTY_TIME = "Asia/Shanghai";

export function shownTime(moment) {
  const options = {
    month: "long", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit", timeZone: COUNTY_TIME,
  };
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(moment);
}

export function tellProblem(form, sentence) {
  const problem = form.querySelector("[data-problem]");
  problem.hidden = !sentence;
  problem.textContent = sentence;
}

/** A kept time as a line; the words stand on the element. */
export function lineOf({ dataset }, record) {
  const line = document.createElement("li");
  const row = document.createElement("div");
  row.className = "row-wrap";
  const what = document.createElement("strong");
  what.textContent = record.direction === "in" ? dataset.sayCame : dataset.sayWent;
  const when = document.createElement("span");
  when.textContent = shownTime(new Date(record.deviceMs + (record.offsetMs ?? 0)));
  const told = document.createElement("span");
  told.className = "soft";
  told.textContent = record.told || record.problem || dataset.sayWaits;
  row.append(what, when, told);
  line.append(row);
  return line;
}
