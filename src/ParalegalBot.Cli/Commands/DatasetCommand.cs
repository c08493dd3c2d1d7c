using System.CommandLine;
using ParalegalBot.Statutes;
using ParalegalBot.Tuning.Dataset;
namespace ParalegalBot.Cli.Commands;
internal static class DatasetCommand
{
    public static Command Create()
    {
        var destination = new Option<string>("--out") { Required = true };
        var laws = new Option<string?>("--laws") { };
        return new Command("dataset", "x") { new Command("generate", "x") { destination, laws }.Runs(session =>
        {
            var reader = new ChunkReader(session.Get<StatuteStore>(), session.Today);
            Directory.CreateDirectory(session.Value(destination)!);
            PretrainingTexts.Write(session.Value(destination)!, reader.Laws(session.Value(laws)?.Split(',') ?? []).SelectMany(reader.Read));
            return 0;
        }) };
    }
}
