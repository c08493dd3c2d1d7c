using ParalegalBot.Answering.Screen;

namespace ParalegalBot.Answering.Replies;

/// <summary>What a refusal says and what would help, in Mexican Spanish or English.</summary>
public sealed class RefusalWording(ScreenVocabulary vocabulary)
{
    /// <summary>Text and help for a reason; <paramref name="subject"/> is what it speaks of.</summary>
    internal (string Text, string? Help) Say(RefusalReason reason, string subject, bool english, string botName) => (reason, subject) switch
    {
        (RefusalReason.OutOfScope, "greeting") => english
            ? ($"Hello, I am {botName}, a paralegal assistant for Mexican law. I give information with the article it stands on; I am not a lawyer.", "Ask me, for instance: How many vacation days do I get after one year?")
            : ($"¡Hola! Soy {botName}, asistente paralegal de derecho mexicano. Doy información con el artículo que la sustenta; no soy abogado.", "Pregúnteme, por ejemplo: ¿Cuántos días de vacaciones me tocan después de un año?"),
        (RefusalReason.OutOfScope, "identity") => english
            ? ($"I am {botName}, a computer program that works as a paralegal: I inform with citations of the loaded laws. I am not a lawyer and my answers are not legal advice.", "Ask me about the loaded laws, or ask for the responsible lawyer.")
            : ($"Soy {botName}, un programa que trabaja como asistente paralegal: informo con citas de las leyes cargadas. No soy abogado ni mis respuestas son asesoría.", "Pregúnteme sobre las leyes cargadas o pida hablar con el abogado responsable."),
        (RefusalReason.OutOfScope, "insult") => english
            ? ("I am sorry that this has been frustrating. I am here to help with Mexican law.", "Tell me what happened and what you want to know, in one or two sentences.")
            : ("Lamento la molestia. Estoy para ayudarle con dudas sobre las leyes cargadas.", "Cuénteme qué pasó y qué quiere saber, en una o dos frases."),
        (RefusalReason.Empty, _) => english ? ("I found no question in your message.", "Write it in one or two sentences.") : ("No encontré ninguna pregunta en su mensaje.", "Escríbala en una o dos frases."),
        (RefusalReason.TooLong, _) => english
            ? ($"The question is longer than {QuestionScreen.LongestQuestion} characters.", "Shorten it to the essential facts and one question.")
            : ($"La pregunta pasa de {QuestionScreen.LongestQuestion:N0} caracteres.", "Redúzcala a los hechos esenciales y una sola pregunta."),
        (RefusalReason.Harmful, _) => english
            ? ("I cannot help with something that would harm another person or evade the law.", "I can tell you what the law says, and what your rights are if somebody accuses you.")
            : ("No puedo ayudar con algo que dañe a otra persona o busque evadir la ley.", "Sí puedo decirle qué dice la ley y cuáles son sus derechos si alguien le acusa o le reclama."),
        (RefusalReason.Injection, _) => english
            ? ("I cannot change how I work: I answer only with what the loaded laws say, and I cite them.", "Ask your legal question without instructions for me.")
            : ("No puedo cambiar mi forma de trabajar: respondo sólo con lo que dicen las leyes cargadas y las cito.", "Haga su pregunta legal sin instrucciones para mí."),
        (RefusalReason.OutOfScope, _) => english
            ? ("That is not a question about Mexican law, so I cannot answer it.", "Ask me about a law: work, consumer matters, leases, companies, personal data…")
            : ("Eso no es una pregunta sobre derecho mexicano, así que no puedo responderla.", "Pregúnteme sobre una ley: trabajo, consumo, arrendamiento, sociedades, datos personales…"),
        (RefusalReason.OtherJurisdiction, _) => english
            ? ($"The question asks for the law of {subject}, which is not among the loaded laws (Mexican federal law).", "Consult a lawyer there, or ask what Mexican federal law says.")
            : ($"La pregunta se refiere al derecho de {subject}, que no está entre las leyes cargadas.", "Consulte la legislación de ese lugar o pregunte qué dice la ley federal mexicana."),
        (RefusalReason.LawNotLoaded, _) => english
            ? ($"This belongs to another law ({subject}), which is not among the loaded laws; I found no answer in them.", "The firm can load that law; until then, ask the responsible lawyer.")
            : ($"Eso corresponde a otra norma ({subject}), que no está entre las leyes cargadas; no lo encontré en ellas.", "El despacho puede cargar esa norma; mientras tanto, consulte al abogado responsable."),
        (RefusalReason.NonexistentArticle, _) => english
            ? ($"{subject} does not exist in the loaded text.", "Check the number; these are the nearest articles.")
            : ($"{subject} no existe en el texto cargado.", "Revise el número; éstos son los artículos más cercanos."),
        (RefusalReason.NotInForce, _) => (subject, english ? "Ask for another date, or for the text that took its place." : "Pregunte por otra fecha o por el texto que lo sustituyó."),
        (RefusalReason.Emergency, _) => (Emergency(subject, english), english ? "When you are safe I can tell you what the law says." : "Cuando esté a salvo, puedo decirle qué dice la ley."),
        (RefusalReason.Unavailable, nameof(EngineTrouble.Busy)) => english
            ? ("Many people are asking right now.", "Many people are asking right now; these are the articles that I found. Please ask again in a few minutes.")
            : ("En este momento hay muchas consultas.", "En este momento hay muchas consultas; éstos son los artículos que encontré. Pregunte de nuevo en unos minutos."),
        (RefusalReason.Unavailable, nameof(EngineTrouble.Spent)) => english
            ? ("Today's budget for worded answers is used up.", "Today's budget for worded answers is used up; these are the articles that I found. Tomorrow there are answers again.")
            : ("El presupuesto de hoy para redactar respuestas se agotó.", "El presupuesto de hoy para redactar respuestas se agotó; éstos son los artículos que encontré. Mañana habrá respuestas de nuevo."),
        (RefusalReason.Unavailable, nameof(EngineTrouble.Slow)) => english
            ? ("The answer took too long.", "The wording took too long; these are the articles that I found. A shorter question may help.")
            : ("La respuesta tardó demasiado.", "La redacción tardó demasiado; éstos son los artículos que encontré. Una pregunta más breve puede ayudar."),
        (RefusalReason.Unavailable, _) => english
            ? ("I could not finish the answer because of a technical problem.", "Please try again in a moment.")
            : ("No pude terminar la respuesta por un problema técnico.", "Intente de nuevo en un momento."),
        (RefusalReason.Unproved, _) => english
            ? ("I could not prove an answer with the loaded laws.", "Add the facts that matter: who, what, since when.")
            : ("No pude comprobar una respuesta con las leyes cargadas.", "Agregue los datos que importan: quién, qué y desde cuándo."),
        (RefusalReason.NotFound, { Length: > 0 }) => english
            ? ($"{subject} is not among the loaded restatements; the official text may well have it.", "The firm can load the official text with `paralegal fetch`; these are the nearest articles that are loaded.")
            : ($"{subject} no está entre las síntesis cargadas; puede existir en el texto oficial.", "El despacho puede cargar el texto oficial con `paralegal fetch`; éstos son los artículos cargados más cercanos."),
        _ => english
            ? ("I did not find it in the loaded laws.", "It may stand in a contract, a state law or a regulation. Add the facts that matter, or ask the responsible lawyer.")
            : ("No lo encontré en las leyes cargadas.", "Puede estar en un contrato, en una ley estatal o en un reglamento. Agregue los datos que importan o consulte al abogado responsable."),
    };

    private string Emergency(string danger, bool english)
    {
        var lines = string.Join('\n', vocabulary.Helplines.Where(line => line.For.Contains(danger)).Select(line => $"• {line.Name}: {line.Number} ({line.Note})"));
        return english
            ? $"Your safety comes first. If you are in danger, please call now:\n{lines}"
            : $"Lo primero es su seguridad. Si corre peligro, por favor llame ahora:\n{lines}";
    }
}
