using System.Text.RegularExpressions;
using ParalegalBot.Answering;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary>
/// Sensitive data is processed only with express consent: a message in which somebody seems to tell theirs is neither kept nor answered until they
/// gave it. Whoever is in danger is answered at once; the law exempts emergencies. Registered last: what it lets through is a question.
/// </summary>
public sealed partial class SensitiveDataCommand(Contacts contacts, QuestionScreen screen) : IPageCommand
{
    private const string Consent = "Consiento";

    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(Try(message));

    private TurnOutcome? Try(Incoming message)
    {
        switch (CommandWords.Of(message.Text))
        {
            case "consiento" or "si consiento" or "doy mi consentimiento":
                contacts.Consent(message.Channel, message.PersonKey, consented: true);
                return TurnOutcome.Say("Gracias: registré su consentimiento expreso para tratar los datos sensibles que decida contarme. Escríbame de nuevo su pregunta. Puede revocarlo cuando quiera con «revocar consentimiento».");
            case "revocar consentimiento" or "revoco mi consentimiento" or "revocar mi consentimiento":
                contacts.Consent(message.Channel, message.PersonKey, consented: false);
                return TurnOutcome.Say("Listo: revoqué su consentimiento. Para que además olvide lo que ya me escribió, escriba «borrar mis datos».");
        }
        if (!Tells().IsMatch(CommandWords.Fold(message.Text)) || contacts.Find(message.Channel, message.PersonKey)?.ConsentedAt is not null) return null;
        if (screen.Look(new Question { Text = message.Text }).Reason is RefusalReason.Emergency) return null;
        return TurnOutcome.Say(
            "Su mensaje parece contar un dato sensible (por ejemplo de salud, religión, vida sexual o afiliación). No lo guardé ni lo procesé. "
            + "Puede escribir su pregunta sin ese dato, que casi nunca hace falta para buscar en la ley; o, si quiere que lo trate, responda «consiento» y escríbala de nuevo.",
            Consent);
    }

    [GeneratedRegex(
        @"\b(?:tengo|padezco|sufro(?: de)?|vivo con|me (?:diagnosticaron|detectaron)|tiene|padece|le (?:diagnosticaron|detectaron)) (?:de )?(?:el |la |un |una )?(?:vih|sida|cancer|diabetes|depresion|ansiedad|epilepsia|esquizofrenia|bipolaridad|trastorno|enfermedad|discapacidad|hepatitis|tuberculosis|lupus|autismo|adiccion|sifilis|alzheimer|parkinson)\b"
        + @"|\b(?:soy|mi hij[oa] es|mi espos[oa] es) (?:una? )?(?:persona )?(?:gay|lesbiana|homosexual|bisexual|transexual|transgenero|trans|seropositiv[oa]|diabetic[oa]|epileptic[oa]|alcoholic[oa]|autista|discapacitad[oa]|catolic[oa]|cristian[oa]|evangelic[oa]|judi[oa]|musulman[a]?|ate[oa]|testigo de jehova|indigena|afromexican[oa]|sindicalizad[oa]|militante)\b"
        + @"|\b(?:estoy|estaba|quede|mi (?:esposa|hija|pareja|novia) esta) embarazada\b|\b(?:aborte|tuve un aborto)\b|\bestoy (?:afiliad[oa]|sindicalizad[oa])\b|\bpertenezco a(?:l| un| una)? (?:sindicato|partido|iglesia|religion|comunidad indigena|pueblo indigena)\b")]
    private static partial Regex Tells();
}
