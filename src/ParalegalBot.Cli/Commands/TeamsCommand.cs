using System.CommandLine;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Conversations;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal teams package</c>: the app package that a Teams administrator uploads, from manifests/teams and the firm's settings.</summary>
internal static class TeamsCommand
{
    private const int MostName = 30;
    private const int MostDeveloper = 32;
    private static readonly string[] Icons = ["color.png", "outline.png"];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateTimeOffset FileTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same settings give the same bytes

    public static Command Create() => new("teams", "Microsoft Teams: paquete de la aplicación.") { Package() };

    private static Command Package()
    {
        var id = new Option<string?>("--app-id") { Description = "Id de la aplicación (predeterminado: MicrosoftAppId).", HelpName = "GUID" };
        var address = new Option<string?>("--address") { Description = "Dirección pública del servidor (predeterminado: Channels:PublicAddress).", HelpName = "URL" };
        var output = new Option<string>("--out") { Description = "Archivo por escribir.", HelpName = "ARCHIVO.zip", DefaultValueFactory = _ => "paralegalbot-teams.zip" };
        return new Command("package", "Escribe el paquete (zip con manifiesto e iconos) que se carga en Teams.") { id, address, output }.Runs(session =>
        {
            var settings = session.Get<IConfiguration>();
            var manifest = Manifest(session.Value(id) ?? settings["MicrosoftAppId"], session.Value(address) ?? settings["Channels:PublicAddress"], session.Get<IOptions<FirmOptions>>().Value);
            var file = Path.GetFullPath(session.Value(output)!);
            Write(file, manifest);
            if (session.Output.AsJson) session.Output.Json(new { File = file, Id = (string?)manifest["id"] });
            else session.Output.Line($"Listo: {file}. Cárguelo en Teams, en Aplicaciones › Administrar las aplicaciones › Cargar una aplicación.");
            return 0;
        });
    }

    private static JsonObject Manifest(string? id, string? address, FirmOptions firm)
    {
        if (!Guid.TryParseExact(id, "D", out _)) throw new ParalegalBotException($"El id de la aplicación «{id}» no es un GUID; indique --app-id o MicrosoftAppId, como lo muestra el portal de Azure.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var site) || site.Scheme != "https")
            throw new ParalegalBotException($"La dirección pública «{address}» no empieza con https://; indique --address o Channels:PublicAddress.");
        var manifest = JsonNode.Parse(File.ReadAllText(Source("manifest.json")))!.AsObject();
        var root = site.GetLeftPart(UriPartial.Authority);
        manifest["id"] = id;
        manifest["bots"]![0]!["botId"] = id;
        manifest["name"]!["short"] = Clip.To(firm.BotName, MostName);
        manifest["developer"] = new JsonObject
        {
            ["name"] = Clip.To(firm.Name, MostDeveloper),
            ["websiteUrl"] = root,
            ["privacyUrl"] = firm.PrivacyNotice.Length > 0 ? firm.PrivacyNotice : $"{root}/privacidad",
            ["termsOfUseUrl"] = root,
        };
        manifest["validDomains"] = new JsonArray(site.Host);
        return manifest;
    }

    private static void Write(string file, JsonObject manifest)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var zip = ZipFile.Open(Prepared(file), ZipArchiveMode.Create);
        Add(zip, "manifest.json", System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString(Readable)));
        foreach (var icon in Icons) Add(zip, icon, File.ReadAllBytes(Source(icon)));
    }

    private static string Prepared(string file)
    {
        File.Delete(file);
        return file;
    }

    /// <summary>Teams wants the files at the root of the archive.</summary>
    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = FileTime;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static string Source(string name) => Path.Combine(AppContext.BaseDirectory, "manifests", "teams", name);
}
