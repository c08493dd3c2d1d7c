using System.Globalization;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering.Checks;

/// <summary>The sentences pointed at exist in their passage, so that the quote can be printed from the store.</summary>
public static class SentencesExistCheck
{
    /// <summary>The fault; null where every number names a sentence, each passage at least one, and not only the words that introduce a list.</summary>
    public static CheckFinding? Look(DraftClaim claim, IReadOnlyDictionary<string, Passage> retrieved)
    {
        foreach (var evidence in claim.Evidence)
        {
            var passage = retrieved[evidence.Passage];
            if (evidence.Sentences.Count == 0) return new("sentences_exist", evidence.Passage, "La afirmación no señala ninguna oración del pasaje.");
            foreach (var number in evidence.Sentences)
                if (number < 1 || number > passage.Sentences.Count)
                    return new("sentences_exist", number.ToString(CultureInfo.InvariantCulture), $"El pasaje {passage.Id} no tiene la oración señalada.");
        }
        return claim.Evidence.All(evidence => retrieved[evidence.Passage].Introductory)
            ? new("sentences_exist", claim.Evidence[0].Passage, "El pasaje sólo introduce una lista; por sí solo no dice nada.")
            : null;
    }
}
