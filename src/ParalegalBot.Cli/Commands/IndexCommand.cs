using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary><c>paralegal index</c>: builds of the index in Qdrant; <c>index embed</c> for either index.</summary>
internal static class IndexCommand
{
    public static Command Create() => new("index", "Administra el índice de pasajes.") { List(), Swap(), Drop(), Snapshot(), Restore(), Embed() };

    /// <summary>After an ingestion: builds and swaps where Qdrant is configured; the embedded index follows the store by itself.</summary>
    public static async Task FollowAsync(Session session, CancellationToken cancellationToken)
    {
        if (!UsesQdrant(session)) return;
        session.Output.Aside($"Índice nuevo en uso: {await PublishAsync(session, cancellationToken)}");
    }

    private static Command List() => new Command("list", "Lista los índices construidos en Qdrant.").Runs(async (session, cancellationToken) =>
    {
        var builds = await Builds(session).ListAsync(cancellationToken);
        if (session.Output.AsJson) session.Output.Json(builds);
        else if (builds.Count == 0) session.Output.Line("No hay índices; construya el primero con «paralegal index swap».");
        else
            session.Output.Table(["Índice", "Estado", "Pasajes", "Generación", "Codificador"], builds.Select(build => (IReadOnlyList<string>)
            [
                build.Collection, State(build), build.Passages.ToString(CultureInfo.InvariantCulture), build.Generation.ToString(CultureInfo.InvariantCulture),
                build.Encoder is null ? "" : $"{build.Encoder} ({build.Dimensions})",
            ]));
        return 0;
    });

    private static Command Swap()
    {
        var name = new Argument<string?>("ÍNDICE") { Description = "El que se pondrá en uso; sin él se construye uno nuevo con las leyes cargadas.", Arity = ArgumentArity.ZeroOrOne };
        return new Command("swap", "Pone en uso otro índice, o uno nuevo, sin interrumpir el servicio.") { name }.Runs(async (session, cancellationToken) =>
        {
            var builds = Builds(session);
            var chosen = session.Value(name);
            if (chosen is null) chosen = await PublishAsync(session, cancellationToken);
            else await builds.SwapAsync(chosen, cancellationToken);
            Tell(session, new { Current = chosen }, $"En uso: {chosen}. El anterior se conserva; vea «paralegal index list».");
            return 0;
        });
    }

    private static Command Drop()
    {
        var name = new Argument<string?>("ÍNDICE") { Description = "El que se borrará; sin él, todos salvo el que está en uso y el anterior.", Arity = ArgumentArity.ZeroOrOne };
        return new Command("drop", "Borra índices que no están en uso.") { name }.Runs(async (session, cancellationToken) =>
        {
            IReadOnlyList<string> dropped;
            if (session.Value(name) is { } chosen)
            {
                await Builds(session).DropAsync(chosen, cancellationToken);
                dropped = [chosen];
            }
            else dropped = await Builds(session).ClearAsync(cancellationToken);
            Tell(session, new { Dropped = dropped }, dropped.Count == 0 ? "No había nada que borrar." : $"Borrados: {string.Join(", ", dropped)}.");
            return 0;
        });
    }

    private static Command Snapshot()
    {
        var name = new Argument<string?>("ÍNDICE") { Description = "El que se copiará; sin él, el que está en uso.", Arity = ArgumentArity.ZeroOrOne };
        return new Command("snapshot", "Guarda una copia de un índice en el disco de Qdrant.") { name }.Runs(async (session, cancellationToken) =>
        {
            var builds = Builds(session);
            var chosen = session.Value(name) ?? await builds.CurrentAsync(cancellationToken)
                ?? throw new ParalegalBotException("No hay un índice en uso que copiar; construya uno con «paralegal index swap».");
            var location = await builds.SnapshotAsync(chosen, cancellationToken);
            Tell(session, new { Collection = chosen, Location = location }, location);
            return 0;
        });
    }

    private static Command Restore()
    {
        var location = new Argument<string>("COPIA") { Description = "Dirección que imprimió «index snapshot», o una dirección http que Qdrant alcance." };
        return new Command("restore", "Restaura una copia como índice nuevo, sin ponerlo en uso.") { location }.Runs(async (session, cancellationToken) =>
        {
            var restored = await Builds(session).RestoreAsync(session.Value(location)!, cancellationToken);
            Tell(session, new { Restored = restored }, $"Restaurado como {restored}; póngalo en uso con «paralegal index swap {restored}».");
            return 0;
        });
    }

    private static Command Embed() => new Command("embed", "Rehace los vectores de todos los pasajes con el codificador configurado.").Runs(async (session, cancellationToken) =>
    {
        session.Get<StatuteStore>().DropVectors();
        var count = await session.Get<PassageEmbedder>().EmbedMissingAsync(cancellationToken);
        var built = UsesQdrant(session) ? await PublishAsync(session, cancellationToken) : null;
        Tell(session, new { Embedded = count, session.Get<PassageEmbedder>().Encoder, Current = built },
            $"{count} pasajes con vectores de «{session.Get<PassageEmbedder>().Encoder}».{(built is null ? "" : $" En uso: {built}.")}");
        return 0;
    });

    private static async Task<string> PublishAsync(Session session, CancellationToken cancellationToken)
    {
        const int Steps = 20;
        var built = "";
        await session.Output.ProgressAsync("Construyendo el índice", Steps, async step =>
        {
            var (gate, told) = (new Lock(), 0L);
            built = await Builds(session).PublishAsync(session.Get<StatuteStore>(), session.Get<PassageEmbedder>(), (done, all) =>
            {
                lock (gate)
                    for (; told < done * Steps / Math.Max(1, all); told++) step($"{done} de {all} puntos");
            }, cancellationToken);
        });
        return built;
    }

    private static QdrantBuilds Builds(Session session) => UsesQdrant(session) ? session.Get<QdrantBuilds>()
        : throw new ParalegalBotException("El índice configurado es el incorporado (Retrieval:Index = sqlite), que se mantiene solo; esta orden es para Retrieval:Index = qdrant.");

    private static bool UsesQdrant(Session session) => session.Get<IOptions<RetrievalOptions>>().Value.Qdrant;

    private static string State(QdrantBuildStatus build) =>
        build.Current ? "en uso" : build.Previous ? "anterior" : build.Finished ? "" : "incompleto";

    private static void Tell(Session session, object json, string sentence)
    {
        if (session.Output.AsJson) session.Output.Json(json);
        else session.Output.Line(sentence);
    }
}
