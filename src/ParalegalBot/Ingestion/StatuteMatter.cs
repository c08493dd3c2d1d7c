using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion;

/// <summary>The subject matter that a title's words tell; the first word that fits decides, so the narrower stand first.</summary>
internal static class StatuteMatter
{
    private static readonly (string Matter, string[] Words)[] Rules =
    [
        ("constitucional", ["constitucion politica"]),
        ("amparo", ["amparo"]),
        ("datos personales", ["datos personales"]),
        ("consumo", ["consumidor", "usuario de servicios financieros"]),
        ("seguridad social", ["seguro social", "seguridad social", "fondo nacional de la vivienda", "ahorro para el retiro", "asistencia social"]),
        ("militar", ["militar", "ejercito", "armada", "guardia nacional", "naval"]),
        ("laboral", ["trabajo", "trabajadores", "laboral"]),
        ("fiscal", ["fiscal", "impuesto", "aduanera", "contribuyente", "ingresos", "tributaria", "derechos federales"]),
        ("penal", ["penal", "delito", "delincuencia", "delitos", "extradicion", "tortura", "amnistia", "detenciones", "armas de fuego"]),
        ("electoral", ["electoral", "partidos politicos", "consulta popular", "revocacion de mandato"]),
        ("familia", ["familiar", "familiares", "ninas ninos", "adultas mayores", "mujeres", "violencia", "desarrollo integral infantil", "ausencia"]),
        ("agrario", ["agraria", "agrarios", "rural", "ejidal", "agricolas", "ganaderas"]),
        ("ambiental", ["ambiente", "ambiental", "equilibrio ecologico", "aguas", "forestal", "residuos", "cambio climatico", "vida silvestre", "pesca"]),
        ("salud", ["salud", "tabaco", "sanidad", "cancer", "alimentacion"]),
        ("educación", ["educacion", "universidad", "profesiones", "maestros", "bibliotecas", "lectura"]),
        ("financiero", ["credito", "bancario", "bancaria", "banco", "financieros", "financieras", "valores", "seguros", "fianzas", "inversion", "monetaria", "tecnologia financiera"]),
        ("mercantil", ["sociedades", "mercantil", "mercantiles", "comercio", "propiedad industrial", "titulos"]),
        ("civil", ["civil", "civiles", "derecho de autor"]),
    ];

    /// <summary>The matter; <c>administrativo</c> where no word tells another.</summary>
    public static string Of(string title)
    {
        var padded = $" {StatuteText.TitleKey(title)} ";
        return Rules.FirstOrDefault(rule => rule.Words.Any(word => padded.Contains($" {word} ", StringComparison.Ordinal))).Matter ?? "administrativo";
    }
}
