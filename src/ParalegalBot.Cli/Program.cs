// paralegal: one command, one file in Commands/. To add one:
//   1. Commands/XxxCommand.cs: a static class with `public static Command Create()` that declares its arguments and options and ends with
//      `command.Runs(async (session, cancellationToken) => { … return 0; })` (see LawsCommand).
//   2. Inside, `session.Get<T>()` gives the registered parts, `session.Value(option)` what the user typed, `session.Output` prints:
//      `Output.Json` where `--json` was given, else `Output.Line`/`Output.Table`; progress goes to `Output.ProgressAsync` (stderr).
//   3. A failure is a ParalegalBotException: its sentence goes to stderr and the exit code is 1. Wrong usage is 2, decided by the parser.
//   4. Add it to the list below. What it needs from dependency injection is registered in Session.Configure.
using ParalegalBot.Cli;
using ParalegalBot.Cli.Commands;

return await CommandLine.RunAsync(args,
[
    IngestCommand.Create(),
    FetchCommand.Create(),
    LawsCommand.Create(),
    ArticleCommand.Create(),
    SearchCommand.Create(),
    AskCommand.Create(),
    EvaluateCommand.Create(),
    CalibrateCommand.Create(),
    IndexCommand.Create(),
    DatasetCommand.Create(),
    TuneCommand.Create(),
    AuditCommand.Create(),
    TeamsCommand.Create(),
    DoctorCommand.Create(),
]);
