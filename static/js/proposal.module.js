// Seals a file in the entrant's own browser before it is sent: in the place of the file that was chosen stands its box, so that the
// form posts what nobody here can open. Without this script the file itself is sent, and the page says what that means.
import { seal } from "../verify/boxes.js";
import { Fault } from "../verify/canonical.js";
import { hex } from "../verify/sha256.js";

const canSeal = Boolean(globalThis.crypto?.subtle) && typeof DataTransfer === "function";
const PDF = "%PDF-", LOOK = 1024;

/** Whether bytes begin as a PDF does (ISO 32000-1, Annex H.3.4.1). */
const isPdf = (bytes) => new TextDecoder("latin1").decode(bytes.slice(0, LOOK)).includes(PDF);

class SealingFile {
  constructor(form) {
    const at = (name) => form.querySelector(`[data-${name}]`);
    const { file, made, document: digest } = form.elements;
    Object.assign(this, { form, input: file, made, digest, error: at("seal-error"), button: at("send") });
    Object.assign(this, JSON.parse(form.dataset.filePromise)); // purpose, trustees, words
    at("by-server").hidden = true;
    at("by-browser").hidden = false;
    this.button.textContent = this.words.seal;
    this.input.addEventListener("change", () => this.reset());
    form.addEventListener("submit", (event) => this.send(event));
  }

  reset() {
    this.made.value = "";
    this.error.hidden = true;
  }

  async send(event) {
    const [chosen] = this.input.files;
    if (this.made.value !== "" || !chosen) return; // sealed, or nothing to seal: the server says so
    event.preventDefault();
    this.button.disabled = true;
    try {
      const content = new Uint8Array(await chosen.arrayBuffer());
      if (!isPdf(content)) throw new Fault("document.pdf");
      const box = await seal(content, this.purpose, this.trustees);
      const carried = new DataTransfer();
      carried.items.add(new File([box], "box"));
      this.digest.value = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", content)));
      this.input.files = carried.files;
      this.made.value = "browser";
      this.button.disabled = false;
      this.form.requestSubmit(this.button);
    } catch (fault) {
      this.button.disabled = false;
      if (!(fault instanceof Fault)) throw fault;
      this.error.textContent = this.words[fault.code] ?? fault.code;
      this.error.hidden = false;
      this.input.focus();
    }
  }
}

if (canSeal) for (const form of document.querySelectorAll("form[data-file-promise]")) new SealingFile(form);
