using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ParalegalBot.Benchmarks;

/// <summary>
/// The doors of the channels under load: the server in a process of its own, questions at a steady pace whatever comes back, and what stands around the
/// server played on loopback: issuer, connector, Graph, and for <c>--engine slow</c> a model that takes a minute for every answer.
/// <c>--doors teams,whatsapp</c>, <c>--rate N</c> a second at each door (50), <c>--minutes N</c> (1), <c>--engine slow|extractive</c> (slow), <c>--people N</c>
/// (10,000), <c>--store PATH</c> with the laws to answer from (the starter set), <c>--ingest FOLDER</c> whose files are ingested into that store all the while.
/// Times count from the moment at which a request was due, so that a door that stalls is not asked less often for it.
/// </summary>
internal static class LoadBenchmark
{
    private static readonly string[] Questions =
    [
        "¿Cuántos días de vacaciones corresponden al primer año de trabajo?", "¿Qué dice el artículo 47 de la LFT?", "¿Cuánto dura la jornada máxima de trabajo?",
        "¿Qué plazo hay para presentar una demanda de amparo?", "¿Qué dice el artículo 123 constitucional?", "¿Cuándo se paga el aguinaldo?",
    ];

    public static void Run(BenchmarkArguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(BenchmarkArguments arguments)
    {
        var rate = double.Parse(arguments.Value("--rate") ?? "50", CultureInfo.InvariantCulture);
        var time = TimeSpan.FromMinutes(double.Parse(arguments.Value("--minutes") ?? "1", CultureInfo.InvariantCulture));
        var people = int.Parse(arguments.Value("--people") ?? "10000", CultureInfo.InvariantCulture);
        var slow = (arguments.Value("--engine") ?? "slow") == "slow";
        var folder = Directory.CreateTempSubdirectory("load").FullName;
        var store = Path.Combine(folder, "statutes.db");
        if (arguments.Value("--store") is { } laws) File.Copy(laws, store);
        await using var world = await World.StartAsync();
        try
        {
            using var server = await StartAsync(folder, store, world, slow);
            using var ended = new CancellationTokenSource();
            var ingested = arguments.Value("--ingest") is { } texts ? IngestAsync(texts, store, folder, ended.Token) : Task.FromResult(0);
            var rows = new List<object>();
            var memory = new Memory(server.Process, time);
            List<Door> doors = [.. (arguments.Value("--doors") ?? "teams,whatsapp").Split(',').Select(name => new Door(name, server.Address, world, people))];
            await Task.WhenAll(doors.Select(door => door.KnockAsync(rate, time)));
            var measured = memory.Row(); // before what still waits is answered
            await ended.CancelAsync();
            foreach (var door in doors) rows.Add(await door.RowAsync(rate, slow ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(30)));
            rows.Add(measured with { Files = await ingested });
            arguments.Print<object>(rows);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<RunningServer> StartAsync(string folder, string store, World world, bool slow)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
        string[] settings =
        [
            "--urls", "http://127.0.0.1:0", "--Store:Path", store, "--Records:Path", Path.Combine(folder, "records.db"), "--Logging:LogLevel:Default", "Error",
            "--MicrosoftAppId", World.App, "--MicrosoftAppPassword", "x", "--Teams:Issuer", world.Address, "--Teams:Metadata", $"{world.Address}/metadata", "--Teams:Login", world.Address,
            "--WhatsApp:AppSecret", World.Secret, "--WhatsApp:VerifyToken", "x", "--WhatsApp:AccessToken", "x", "--WhatsApp:PhoneNumberId", World.Number, "--WhatsApp:GraphBaseAddress", $"{world.Address}/graph",
            .. slow ? ["--Inference:Engine", "openai", "--Inference:Endpoint", world.Address, "--Inference:FirstByteSeconds", "120"] : Array.Empty<string>(),
        ];
        foreach (var argument in settings.Prepend(Path.Combine(AppContext.BaseDirectory, "ParalegalBot.Server.dll"))) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("Abra ", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(); // keeps the pipe from filling up
            var server = new RunningServer(process, line["Abra ".Length..].TrimEnd('/'));
            await server.ReadyAsync();
            return server;
        }
        throw new InvalidOperationException("The server ended before it listened.");
    }

    /// <summary>Ingests one file after the other, over and over; returns how many were.</summary>
    private static async Task<int> IngestAsync(string texts, string store, string folder, CancellationToken ended)
    {
        for (var files = 0; ; files++)
        {
            var all = Directory.GetFiles(texts).Order(StringComparer.Ordinal).ToList();
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "paralegal.dll"), "ingest", all[files % all.Count], "--store", store])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            try
            {
                await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ended), process.StandardError.ReadToEndAsync(ended), process.WaitForExitAsync(ended));
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
                return files;
            }
        }
    }

    /// <summary>The server's process and where it listens.</summary>
    private sealed record RunningServer(Process Process, string Address) : IDisposable
    {
        public async Task ReadyAsync()
        {
            using var client = new HttpClient();
            while (!(await client.GetAsync($"{Address}/health/ready")).IsSuccessStatusCode) await Task.Delay(200);
        }

        public void Dispose()
        {
            Process.Kill();
            Process.WaitForExit();
            Process.Dispose();
        }
    }

    /// <summary>One way in, the questions sent through it, and what came back.</summary>
    private sealed class Door(string name, string server, World world, int people)
    {
        private static readonly HttpClient Client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 500 }) { Timeout = TimeSpan.FromSeconds(30) };

        private readonly ConcurrentBag<double> times = [];
        private readonly ConcurrentDictionary<string, int> faults = new();

        public async Task KnockAsync(double rate, TimeSpan time)
        {
            var started = Stopwatch.GetTimestamp();
            var under = new List<Task>();
            for (var number = 0; number < rate * time.TotalSeconds; number++)
            {
                var due = TimeSpan.FromSeconds(number / rate);
                if (due - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } early) await Task.Delay(early);
                under.Add(AskAsync(number, started + (long)(due.TotalSeconds * Stopwatch.Frequency)));
                if (under.Count > 10_000) under.RemoveAll(task => task.IsCompleted);
            }
            await Task.WhenAll(under);
        }

        /// <summary>Waits until nothing has come for <paramref name="silence"/>, then sums up.</summary>
        public async Task<Row> RowAsync(double rate, TimeSpan silence)
        {
            while (world.Waiting(name) > 0 && world.Silent < silence) await Task.Delay(500);
            var sorted = times.Order().ToList();
            var answers = world.Answers(name).Order().ToList();
            return new Row(name, rate, sorted.Count + faults.Values.Sum())
            {
                Errors = faults.Count == 0 ? "none" : string.Join(", ", faults.Select(fault => $"{fault.Value} × {fault.Key}")),
                P50Ms = At(sorted, 0.5), P99Ms = At(sorted, 0.99), MaxMs = At(sorted, 1),
                ToldOfTheQueue = world.Told(name), Answered = answers.Count, AnswerP50Ms = At(answers, 0.5), AnswerP95Ms = At(answers, 0.95),
            };
        }

        private async Task AskAsync(int number, long due)
        {
            var person = $"52155{number % people:D8}";
            world.Asks(name, person);
            using var request = name == "teams" ? Activity(number, person) : Webhook(number, person);
            try
            {
                using var response = await Client.SendAsync(request);
                if (response.IsSuccessStatusCode) times.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                else faults.AddOrUpdate($"{(int)response.StatusCode}", 1, (_, count) => count + 1);
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                faults.AddOrUpdate(error.GetType().Name, 1, (_, count) => count + 1);
            }
        }

        private HttpRequestMessage Activity(int number, string person)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{server}/api/messages")
            {
                Content = Json(new
                {
                    type = "message", id = $"i{number}", channelId = "msteams", serviceUrl = world.Address, text = Questions[number % Questions.Length],
                    from = new { id = person, name = "Ana" }, recipient = new { id = $"28:{World.App}", name = "Bot" }, conversation = new { id = person, conversationType = "personal" },
                }),
            };
            request.Headers.Add("Authorization", $"Bearer {world.Token}");
            return request;
        }

        private HttpRequestMessage Webhook(int number, string person)
        {
            var message = new { from = person, id = $"wamid.{number}", timestamp = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}", type = "text", text = new { body = Questions[number % Questions.Length] } };
            var value = new { messaging_product = "whatsapp", metadata = new { display_phone_number = "1", phone_number_id = World.Number }, messages = new[] { message } };
            var content = Json(new { @object = "whatsapp_business_account", entry = new[] { new { id = "1", changes = new[] { new { field = "messages", value } } } } });
            var request = new HttpRequestMessage(HttpMethod.Post, $"{server}/api/whatsapp") { Content = content };
            request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.Secret), content.ReadAsByteArrayAsync().Result))}");
            return request;
        }

        private static ByteArrayContent Json<T>(T body) => new(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } };
    }

    private static double? At(List<double> sorted, double share) => sorted.Count == 0 ? null : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)], 1);

    /// <summary>Megabytes that the server holds: at the start, after a fifth of the time, and the most and the last of what came after.</summary>
    private sealed class Memory
    {
        private readonly Process process;
        private readonly double start;
        private readonly Timer timer;
        private double warm, most;

        public Memory(Process process, TimeSpan time)
        {
            this.process = process;
            start = Held();
            var warmUp = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds / 5 * Stopwatch.Frequency);
            timer = new Timer(_ =>
            {
                if (Stopwatch.GetTimestamp() < warmUp) return;
                var held = Held();
                if (warm == 0) warm = held;
                most = Math.Max(most, held);
            }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        public ServerRow Row()
        {
            timer.Dispose();
            var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
            return new ServerRow(start, warm, most, Held()) { Processors = Environment.ProcessorCount, LoadAverage = load, ProcessorSeconds = Math.Round(process.TotalProcessorTime.TotalSeconds) };
        }

        private double Held()
        {
            process.Refresh();
            return Math.Round(process.WorkingSet64 / 1048576.0);
        }
    }

    /// <summary>Microsoft, Meta and a slow model, as far as the server needs them; it notes what reaches people and when.</summary>
    private sealed class World : IAsyncDisposable
    {
        public const string App = "0b0f8d2e-6f0e-4c52-9d0b-7b8b5a3c1d4e";
        public const string Secret = "secreto";
        public const string Number = "106540352242922";

        private const string Draft = """{"verdict":"insufficient","claims":[]}""";
        private static readonly TimeSpan Thinking = TimeSpan.FromSeconds(60);

        private readonly WebApplication app;
        private readonly RSA key = RSA.Create(2048);
        private readonly ConcurrentDictionary<(string Door, string Person), long> asked = new();
        private readonly ConcurrentDictionary<string, ConcurrentBag<double>> answers = new();
        private readonly ConcurrentDictionary<string, int> told = new();
        private long last = Stopwatch.GetTimestamp();
        private int ids;

        private World(WebApplication app) => this.app = app;

        public string Address => app.Urls.First();

        /// <summary>A token as the channel sends it; it lives longer than the benchmark.</summary>
        public string Token { get; private set; } = "";

        /// <summary>How long nothing has come.</summary>
        public TimeSpan Silent => Stopwatch.GetElapsedTime(Volatile.Read(ref last));

        public static async Task<World> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var world = new World(builder.Build());
            world.Map();
            await world.app.StartAsync();
            world.Token = world.Sign();
            return world;
        }

        public void Asks(string door, string person) => asked.TryAdd((door, person), Stopwatch.GetTimestamp());

        /// <summary>People whose question has no answer yet.</summary>
        public int Waiting(string door) => asked.Keys.Count(key => key.Door == door);

        /// <summary>Milliseconds from question to answer.</summary>
        public IEnumerable<double> Answers(string door) => answers.GetValueOrDefault(door) ?? [];

        /// <summary>How many people were told that the bot is full.</summary>
        public int Told(string door) => told.GetValueOrDefault(door);

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(new CancellationToken(canceled: true)); // a model that is still thinking is not waited for
            await app.DisposeAsync();
            key.Dispose();
        }

        private void Map()
        {
            app.MapGet("/metadata", () => Results.Json(new { issuer = Address, jwks_uri = $"{Address}/keys" }));
            app.MapGet("/keys", () =>
            {
                var half = key.ExportParameters(includePrivateParameters: false);
                return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k", n = Base64UrlEncoder.Encode(half.Modulus!), e = Base64UrlEncoder.Encode(half.Exponent!), endorsements = new[] { "msteams" } } } });
            });
            app.MapPost("/{tenant}/oauth2/v2.0/token", () => Results.Json(new { token_type = "Bearer", expires_in = 86_400, access_token = "t" }));
            app.MapPost("/v3/conversations/{person}/activities/{activity?}", async (string person, HttpRequest request) =>
            {
                var body = (await JsonNode.ParseAsync(request.Body))!;
                if ((string?)body["type"] == "message") Arrived("teams", person, (string?)body["text"]);
                return Results.Json(new { id = $"a{Interlocked.Increment(ref ids)}" }, statusCode: StatusCodes.Status201Created);
            });
            app.MapPost("/graph/{number}/messages", async (HttpRequest request) =>
            {
                var body = (await JsonNode.ParseAsync(request.Body))!;
                if ((string?)body["status"] == "read") return Results.Json(new { success = true });
                Arrived("whatsapp", (string)body["to"]!, (string?)(body["text"]?["body"] ?? body["interactive"]?["body"]?["text"]));
                return Results.Json(new { messaging_product = "whatsapp", messages = new[] { new { id = $"wamid.out{Interlocked.Increment(ref ids)}" } } });
            });
            app.MapGet("/v1/models", () => Results.Json(new { @object = "list", data = new[] { new { id = "lento", @object = "model", owned_by = "llamacpp" } } }));
            app.MapPost("/v1/chat/completions", async (HttpContext context) =>
            {
                await Task.Delay(Thinking, context.RequestAborted);
                context.Response.ContentType = "text/event-stream";
                var chunk = JsonSerializer.Serialize(new { choices = new[] { new { index = 0, delta = new { content = Draft }, finish_reason = "stop" } } });
                await context.Response.WriteAsync($"data: {chunk}\n\ndata: [DONE]\n\n", context.RequestAborted);
            });
        }

        private void Arrived(string door, string person, string? text)
        {
            Volatile.Write(ref last, Stopwatch.GetTimestamp());
            if (text is null || text.StartsWith("Aviso de privacidad", StringComparison.Ordinal)) return;
            if (text.StartsWith("Estoy lleno", StringComparison.Ordinal)) told.AddOrUpdate(door, 1, (_, count) => count + 1);
            else if (asked.TryRemove((door, person), out var since)) answers.GetOrAdd(door, _ => []).Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }

        private string Sign()
        {
            var now = TimeProvider.System.GetUtcNow();
            var claims = new { iss = Address, aud = App, serviceurl = Address, nbf = now.ToUnixTimeSeconds(), exp = now.AddHours(12).ToUnixTimeSeconds() };
            var signed = $"{Base64UrlEncoder.Encode("""{"alg":"RS256","typ":"JWT","kid":"k"}""")}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims))}";
            return $"{signed}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        }
    }

    /// <summary>What one door did. Times until the door acknowledged, and until the answer reached whoever asked.</summary>
    private sealed record Row(string Door, double Rate, int Sent)
    {
        public string Errors { get; init; } = "";

        public double? P50Ms { get; init; }

        public double? P99Ms { get; init; }

        public double? MaxMs { get; init; }

        /// <summary>How many were told that the bot is full and answers later.</summary>
        public int ToldOfTheQueue { get; init; }

        public int Answered { get; init; }

        public double? AnswerP50Ms { get; init; }

        public double? AnswerP95Ms { get; init; }
    }

    /// <summary>The server's memory in megabytes, and what else the machine was busy with.</summary>
    private sealed record ServerRow(double StartMb, double WarmMb, double MostMb, double EndMb)
    {
        public int Processors { get; init; }

        public double ProcessorSeconds { get; init; }

        public string LoadAverage { get; init; } = "";

        /// <summary>Files ingested meanwhile.</summary>
        public int Files { get; init; }
    }
}
