using ParalegalBot.Answering.Replies;

namespace ParalegalBot.Tests.Answering.Replies;

public sealed class EnglishWordingTests
{
    private static readonly EnglishWording Wording = EnglishWording.Load(Path.Combine(AppContext.BaseDirectory, "manifests", "vocabulary", "english.tsv"));

    [Theory]
    [InlineData("What is the minimum Christmas bonus in Mexico?", "qué es mínimo aguinaldo")]
    [InlineData("How many vacation days do I get after 3 years?", "cuántos días de vacaciones después 3 años")]
    [InlineData("What does article 47, fraction II, of the Federal Labor Law say?", "qué artículo 47 fracción II Ley Federal del Trabajo say")]
    public void An_English_question_is_said_in_the_words_of_statutes(string question, string spanish) => Assert.Equal(spanish, Wording.InSpanish(question));

    [Fact]
    public void A_Spanish_question_stays_as_it_is() => Assert.Equal("¿y si no me pagan en el home office?", Wording.InSpanish("¿y si no me pagan en el home office?"));
}
