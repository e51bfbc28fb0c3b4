// Starts the design system's behaviours; every page also works without them.
import { initAll } from "../vendor/govuk-frontend.min.js";

initAll();
