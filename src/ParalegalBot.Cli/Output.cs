using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Spectre.Console;

namespace ParalegalBot.Cli;

/// <summary>Results go to stdout (JSON or text), progress and warnings to stderr, so that <c>--json</c> stays pure.</summary>
internal sealed class Output(bool json)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly IAnsiConsole screen = Screen(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole aside = Screen(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether <c>--json</c> was given.</summary>
    public bool AsJson { get; } = json;

    /// <summary>Writes the one JSON document of this run.</summary>
    public void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Format));

    /// <summary>A line of plain text; markup means nothing in it.</summary>
    public void Line(string text = "") => screen.WriteLine(text);

    /// <summary>A line that stands out on a terminal.</summary>
    public void Title(string text) => screen.Write(new Text(text + Environment.NewLine, new Style(decoration: Decoration.Bold)));

    /// <summary>A table on a terminal, tab-separated lines elsewhere.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var row in rows) Console.Out.WriteLine(string.Join('\t', row));
            return;
        }
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in headings) table.AddColumn(new TableColumn(new Text(heading)));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        screen.Write(table);
    }

    /// <summary>A remark on stderr.</summary>
    public void Aside(string text) => Console.Error.WriteLine(text);

    /// <summary>A bar on a terminal, a plain line per step elsewhere; both on stderr.</summary>
    public async Task ProgressAsync(string what, int total, Func<Action<string>, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            var count = 0;
            await work(step => Aside($"[{++count}/{total}] {step}"));
            return;
        }
        await aside.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1));
                await work(step =>
                {
                    task.Description = Markup.Escape(step.Length > 50 ? step[..49] + "…" : step);
                    task.Increment(1);
                });
            });
    }

    private static IAnsiConsole Screen(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        // A pipe has no edge to wrap at.
        if (redirected) console.Profile.Width = int.MaxValue / 4;
        return console;
    }
}
