import { Command } from "commander";
import { benchCommand } from "../bench/command.js";
import { specCommand } from "../spec/index.js";

await new Command("eventy")
  .description("The tools of the Eventy repository.")
  .addCommand(specCommand())
  .addCommand(benchCommand())
  .showHelpAfterError("(add --help for what there is)")
  .parseAsync();
