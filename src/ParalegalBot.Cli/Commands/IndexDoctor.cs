using System.Globalization;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;
using ParalegalBot.Statutes;

namespace ParalegalBot.Cli.Commands;

/// <summary>What <c>doctor</c> says of the index: which one, and of Qdrant its version, alias, build and encoder.</summary>
internal static class IndexDoctor
{
    /// <summary>From this version on the server's IDF counts the points that have the vector, as ours does.</summary>
    private static readonly Version Oldest = new(1, 15);

    public static IEnumerable<DoctorLine> Checks(Session session)
    {
        var qdrant = false;
        yield return DoctorLine.From("índice", () =>
        {
            qdrant = session.Get<IOptions<RetrievalOptions>>().Value.Qdrant;
            return (true, qdrant ? "Qdrant" : "incorporado, en memoria");
        });
        if (!qdrant) yield break;
        yield return DoctorLine.From("Qdrant", () =>
        {
            var options = session.Get<IOptions<QdrantOptions>>().Value;
            var version = session.Get<QdrantBuilds>().VersionAsync().GetAwaiter().GetResult();
            if (Version.TryParse(version.Split('-')[0], out var parsed) && parsed < Oldest)
                return (false, $"{options.Url}, versión {version}: actualice a {Oldest} o posterior, o los puntajes no serán los del índice incorporado");
            return options.ApiKey.Length > 0 && new Uri(options.Url) is { Scheme: "http", IsLoopback: false }
                ? (false, $"{options.Url}, versión {version}: la llave viaja sin cifrar; use https o una red privada")
                : (true, $"{options.Url}, versión {version}");
        });
        yield return DoctorLine.From("índice en uso", () =>
        {
            var builds = session.Get<QdrantBuilds>().ListAsync().GetAwaiter().GetResult();
            if (builds.FirstOrDefault(build => build.Current) is not { } current)
                return (false, $"el alias «{session.Get<IOptions<QdrantOptions>>().Value.Alias}» no existe; construya el índice con «paralegal index swap»");
            if (!current.Finished) return (false, $"{current.Collection} es de otra versión del programa; construya otro con «paralegal index swap»");
            var generation = session.Get<StatuteStore>().Generation;
            if (current.Generation != generation)
                return (false, $"{current.Collection} es de la generación {current.Generation} y las leyes van en la {generation}; actualícelo con «paralegal index swap»");
            var embedder = session.Get<PassageEmbedder>();
            if (current.Encoder != embedder.Encoder)
                return (false, $"{current.Collection} tiene vectores de «{current.Encoder ?? "ninguno"}» y está configurado «{embedder.Encoder}»; ejecute «paralegal index embed»");
            if (embedder.Dimensions is { } dimensions && dimensions != current.Dimensions)
                return (false, $"{current.Collection} tiene vectores de {current.Dimensions} dimensiones y el codificador los hace de {dimensions}; ejecute «paralegal index embed»");
            if (session.Get<QdrantBuilds>().HealthAsync(current.Collection).GetAwaiter().GetResult() == "red")
                return (false, $"{current.Collection} está dañada según Qdrant; revise la bitácora del servidor o construya otro índice con «paralegal index swap»");
            return (true, string.Create(CultureInfo.InvariantCulture, $"{current.Collection}: {current.Passages} pasajes, {current.Dimensions} dimensiones, codificador {current.Encoder}"));
        });
    }
}
