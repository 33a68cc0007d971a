// The engine, tested on the Markdown files of this folder.
import { testArrivals } from "../support/arrivals.js";

testArrivals(new URL(".", import.meta.url));
