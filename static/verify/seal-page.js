// The saved page that seals a quote: reads a notice's leaf and a quote, gives two files. It sends nothing anywhere.
import { Fault, parse } from "./canonical.js";
import { hundredths, promiseOf, sealEntry } from "./sealing.js";

const at = (id) => document.getElementById(id);
const WORDS = {
  "canonical.json": "公告记录读不出来 / the notice's record cannot be read",
  "quote.agency": "平台编号应如 A000017 / your platform number looks like A000017",
  "quote.amount": "报价须大于零，最多两位小数 / above zero, at most two decimals",
  "quote.bounds": "报价超出公告的限价 / outside what the notice allows",
  "quote.promise": "这不是一份密封报价的公告记录 / no notice whose quotes are sealed",
};

function offer(link, name, value) {
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 1)}\n`], { type: "application/json" }));
  link.download = name;
  link.textContent = name;
}

async function sealed(event) {
  event.preventDefault();
  at("error").textContent = "";
  at("done").hidden = true;
  try {
    const file = at("file").files[0];
    const promise = promiseOf(parse(file ? await file.text() : at("leaf").value));
    const agency = at("agency").value.trim();
    const { posted, kept } = await sealEntry(promise, agency, hundredths(at("quote").value));
    offer(at("posted"), `${promise.draw}-${agency}.sealed.json`, posted);
    offer(at("kept"), `${promise.draw}-${agency}.token.json`, kept);
    at("hash").textContent = posted.box_sha256;
    at("done").hidden = false;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    at("error").textContent = WORDS[fault.code] ?? fault.code;
  }
}

if (globalThis.crypto?.subtle) at("form").addEventListener("submit", sealed);
else at("error").textContent = "浏览器不支持加密，请换用新版浏览器 / this browser cannot encrypt";
