using ParalegalBot.Answering;
using ParalegalBot.Tuning.Dataset;
using ParalegalBot.Tuning.Dataset.Gates;

namespace ParalegalBot.Tests.Tuning.Dataset;

public sealed class GateTests : IDisposable
{
    private const string Asked = "¿En cuántos días debe entregar el tejedor lo que le encargaron?", Said = "El tejedor deberá entregar la obra terminada al cliente dentro de los 10 días siguientes al encargo.";

    private readonly SampleDataset sample = new();

    public void Dispose() => sample.Dispose();

    [Theory]
    [InlineData(null, Asked, Said, "LTX/1/p1", 1)]
    [InlineData("form", Asked, "El tejedor entrega", "LTX/1/p1", 1)] // no end: cut short
    [InlineData("quote", Asked, Said, "LTX/1/p1", 7)] // a sentence that is not there
    [InlineData("quote", Asked, Said, "LTX/99/p1", 1)]
    [InlineData("quote", Asked, "La ley dice «entregará la obra cuando guste» dentro de los 10 días siguientes al encargo.", "LTX/1/p1", 1)]
    [InlineData("figures", Asked, "El tejedor deberá entregar la obra terminada al cliente dentro de los 12 días siguientes al encargo.", "LTX/1/p1", 1)]
    [InlineData("proof", Asked, "El tejedor no deberá entregar la obra terminada al cliente dentro de los 10 días siguientes al encargo.", "LTX/1/p1", 1)]
    [InlineData("citation", "¿Qué dice el artículo 900 de la Ley de Talleres sobre el tejedor?", Said, "LTX/1/p1", 1)]
    [InlineData("giveaway", "¿Qué dice el artículo 1 de la Ley de Talleres sobre el tejedor?", Said, "LTX/1/p1", 1)]
    [InlineData("giveaway", "¿Es que el tejedor deberá entregar la obra terminada al cliente dentro de los cuántos días?", Said, "LTX/1/p1", 1)]
    [InlineData("language", "How many days may weavers take until delivering commissioned works?", Said, "LTX/1/p1", 1)]
    [InlineData("length", "¿Y cuándo?", Said, "LTX/1/p1", 1)]
    [InlineData("safety", "Soy Juan Pérez Gómez, mi correo es juan@ejemplo.mx: ¿en cuántos días me entrega el tejedor?", Said, "LTX/1/p1", 1)]
    public async Task Each_gate_stops_what_it_is_for(string? gate, string question, string claim, string passage, int sentence)
    {
        var example = new DatasetExample
        {
            Id = "x", Origin = "model", Form = "deadline", Style = "formal", Law = "LTX", Article = "1", Question = question,
            Draft = new Draft { Verdict = DraftVerdict.Answer, Claims = [new DraftClaim([new DraftEvidence(passage, [sentence])], claim)] },
        };

        Assert.Equal(gate, await sample.Gates.FailedAsync(sample.Chunk("LTX", "1"), example, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false, "¿Cuántos días de vacaciones tocan al primer año?", "¿cuantos dias de vacaciones tocan al primer año")]
    [InlineData(true, "¿Qué dice el artículo 47 sobre el despido?", "¿Qué dice el artículo 48 sobre el despido?")] // another article is another fact
    [InlineData(true, "¿Cuántos años dura la pensión del padre?", "¿Cuántas anos dura la pensión del padre?")] // año is not ano
    [InlineData(true, "¿Quién paga la cuota del agua?", "¿Quién cobra la multa del agua?")]
    public void Near_duplicates_respect_numbers_and_Spanish_letters(bool different, string first, string second)
    {
        var duplicates = new NearDuplicates(_ => 1);

        Assert.True(duplicates.Add(first));
        Assert.Equal(different, duplicates.Add(second));
    }

    [Fact]
    public void Restatements_that_repeat_the_law_are_not_our_own_words()
    {
        Assert.Equal(3, SharedRun.Longest("Quien teje avisa", "aquí quien teje avisa"));
        Assert.Equal(0, SharedRun.Longest("Uno", "Dos"));
        Assert.Equal(9, SharedRun.Longest(Said, "El tejedor deberá entregar la obra terminada al cliente"));
    }
}
