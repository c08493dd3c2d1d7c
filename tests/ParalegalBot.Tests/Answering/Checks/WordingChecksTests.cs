using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Tests.Answering.Checks;

public sealed class WordingChecksTests
{
    private static readonly IReadOnlyList<IClaimCheck> Every = ClaimChecks.All(_ => ClaimSamples.Law, ClaimSamples.Parties, ClaimSamples.Opposites);

    [Theory]
    [InlineData(true, "El salario no podrá embargarse.", "El salario no puede embargarse.")]
    [InlineData(false, "El salario no podrá embargarse.", "El salario podrá embargarse.")]
    [InlineData(false, "El contrato será renovado por escrito.", "El contrato no será renovado por escrito.")]
    [InlineData(false, "Se pagará la prima.", "Se pagará la prima, salvo pacto en contrario.")] // the exception is invented
    [InlineData(true, "Se pagará la prima, salvo pacto en contrario.", "La prima se pagará, excepto si hay pacto en contrario.")]
    [InlineData(true, "La multa no será menor de diez pesos.", "La multa será de al menos diez pesos.")] // a comparison, not a denial
    [InlineData(false, "Puede celebrarse sin testigos.", "Puede celebrarse con testigos.")]
    [InlineData(true, "Nadie perderá el derecho de asociarse.", "Nadie pierde el derecho de asociarse.")]
    public void Negation_and_exception_agree(bool passes, string evidence, string claim) => ClaimSamples.Expect(passes, new NegationCheck(), evidence, claim);

    [Theory]
    [InlineData(false, "Se pagará la prima, salvo que el socio renuncie.", "Se pagará la prima.")]
    [InlineData(true, "Se pagará la prima, salvo que el socio renuncie.", "Se pagará la prima, excepto si el socio renuncia.")]
    [InlineData(true, "Se pagará la prima, salvo que el socio renuncie.", "La prima se paga, a menos que haya renuncia del socio.")]
    [InlineData(false, "El socio podrá vender su parte, siempre que avise por escrito a los demás.", "El socio podrá vender su parte.")]
    [InlineData(false, "Si el comprador incurre en mora, el vendedor cobrará intereses.", "El vendedor cobrará intereses.")]
    [InlineData(false, "El vendedor cobrará intereses sin perjuicio de los daños que reclame.", "El vendedor cobrará intereses.")]
    [InlineData(false, "El depósito se devolverá en diez días; en caso de deterioro de la finca, se descontará la reparación.", "Se descontará la reparación.")]
    [InlineData(true, "El depósito se devolverá en diez días; en caso de deterioro de la finca, se descontará la reparación.", "El depósito se devolverá en diez días.")] // what another part of the sentence conditions
    public void A_condition_goes_with_what_it_conditions(bool passes, string evidence, string claim) => ClaimSamples.Expect(passes, new ConditionCheck(), evidence, claim);

    [Fact]
    public void A_condition_that_the_question_sets_need_not_be_repeated() =>
        ClaimSamples.Expect(true, new ConditionCheck(), "Si el comprador incurre en mora, el vendedor cobrará intereses.", "El vendedor cobrará intereses.", "¿Qué pasa si el comprador incurre en mora?");

    [Theory]
    [InlineData(false, "Ningún socio podrá vender su parte sin aviso.", "socio podrá vender su parte")]
    [InlineData(false, "El patrón no podrá exigir el pago de la multa al trabajador.", "podrá exigir el pago de la multa al trabajador")]
    [InlineData(false, "El permiso se dará al tejedor, excepto a los menores de quince años.", "El permiso se dará al tejedor")]
    [InlineData(true, "El permiso se dará al tejedor en el taller del maestro.", "El permiso se dará al tejedor")]
    public void A_part_cut_out_of_a_sentence_is_no_quotation(bool passes, string evidence, string part) =>
        Assert.Equal(passes, Every.All(check => check.Look(ClaimSamples.Claim(evidence, part)) is null));

    [Theory]
    [InlineData(true, "El aviso se dará en días hábiles.", "El aviso se da en días hábiles.")]
    [InlineData(false, "El aviso se dará en días hábiles.", "El aviso se da en días naturales.")]
    [InlineData(false, "El pago se hará antes del vencimiento.", "El pago se hará después del vencimiento.")]
    [InlineData(false, "Se pagará el salario mínimo general.", "Se paga el salario máximo general.")]
    [InlineData(true, "Se pagará un mínimo de diez y un máximo de veinte pesos.", "El máximo que se paga son veinte pesos.")]
    public void Opposite_words_are_not_exchanged(bool passes, string evidence, string claim) => ClaimSamples.Expect(passes, ClaimSamples.Opposites, evidence, claim);

    [Theory]
    [InlineData(true, "La Ley de Pruebas dispone que el aviso es por escrito.")]
    [InlineData(true, "Según el artículo 7 LX, el aviso es por escrito.")]
    [InlineData(true, "La ley dispone que el aviso es por escrito.")]
    [InlineData(true, "El aviso es por escrito, como el de la Ley Minera.")] // the sentence names it
    [InlineData(false, "La Ley Federal de Turismo dispone que el aviso es por escrito.")]
    [InlineData(false, "Según el Código de Pruebas, el aviso es por escrito.")]
    [InlineData(false, "Según el artículo 7 LFT, el aviso es por escrito.")]
    public void A_law_that_the_claim_names_is_the_cited_one(bool passes, string claim) =>
        ClaimSamples.Expect(passes, new LawNameCheck(_ => ClaimSamples.Law), "El aviso será por escrito, como el de la Ley Minera.", claim);

    [Theory]
    [InlineData(true, "El socio deberá avisar por escrito.", "El socio debe avisar por escrito.")]
    [InlineData(false, "El socio podrá avisar por escrito.", "El socio deberá avisar por escrito.")]
    [InlineData(false, "El socio deberá avisar por escrito.", "El socio podrá avisar por escrito.")]
    [InlineData(false, "El socio podrá vender su parte.", "El socio no podrá vender su parte.")]
    [InlineData(false, "Queda prohibido vender la parte.", "Se podrá vender la parte.")]
    [InlineData(true, "Los trabajadores tendrán derecho a un día de descanso.", "El patrón debe dar un día de descanso.")] // a right is another's duty
    [InlineData(true, "El comprador tiene derecho a pedir la devolución.", "El comprador puede pedir la devolución.")]
    [InlineData(false, "El comprador podrá pedir la devolución.", "El comprador está obligado a pedir la devolución.")]
    [InlineData(true, "El aviso será por escrito.", "El aviso debe ser por escrito.")] // plain prose of a statute obliges
    [InlineData(true, "El socio no está obligado a avisar.", "El socio no está obligado a avisar.")]
    public void May_must_and_must_not_agree(bool passes, string evidence, string claim) => ClaimSamples.Expect(passes, new ModalityCheck(), evidence, claim);

    [Theory]
    [InlineData(true, "El patrón pagará la indemnización al trabajador.", "El patrón paga la indemnización al trabajador.")]
    [InlineData(false, "El patrón pagará la indemnización al trabajador.", "El trabajador pagará la indemnización al patrón.")]
    [InlineData(false, "El arrendador debe entregar la finca.", "El arrendatario debe entregar la finca.")]
    [InlineData(true, "El arrendador debe entregar la finca.", "El casero debe entregar la finca.")] // another word for the same party
    [InlineData(false, "El proveedor devolverá el precio.", "El consumidor devolverá el precio.")]
    [InlineData(true, "El proveedor devolverá el precio al consumidor.", "El consumidor recibirá del proveedor el precio.")]
    [InlineData(true, "El deudor puede pagar antes.", "El deudor puede pagar antes.")]
    [InlineData(false, "El mandatario rendirá cuentas al mandante.", "El mandante rendirá cuentas al mandatario.")]
    public void Who_owes_whom_agrees(bool passes, string evidence, string claim) => ClaimSamples.Expect(passes, new PartyCheck(ClaimSamples.Parties), evidence, claim);

    [Theory]
    [InlineData(true, "Se avisará con diez días de anticipación, por lo menos.", "Se avisará con al menos diez días de anticipación.")]
    [InlineData(false, "Se avisará con diez días de anticipación, por lo menos.", "Se avisará con a más tardar diez días de anticipación.")]
    [InlineData(true, "La multa no podrá exceder de cien pesos.", "La multa es de hasta cien pesos.")]
    [InlineData(false, "La multa no podrá exceder de cien pesos.", "La multa es de al menos cien pesos.")]
    [InlineData(false, "Quienes tengan más de cinco años de servicio.", "Quienes tengan menos de cinco años de servicio.")]
    [InlineData(true, "El plazo será de tres meses.", "El plazo es de tres meses.")]
    [InlineData(false, "El plazo será de tres meses.", "El plazo es de más de tres meses.")]
    [InlineData(true, "Deberá pagarse antes del día veinte de julio.", "Se paga antes del 20 de julio.")]
    [InlineData(false, "Deberá pagarse antes del día veinte de julio.", "Se paga después del 20 de julio.")]
    public void Comparisons_agree(bool passes, string evidence, string claim) => ClaimSamples.Expect(passes, new ComparisonCheck(), evidence, claim);

    [Fact]
    public void A_sentence_repeated_word_for_word_passes_every_check()
    {
        const string sentence = "El patrón no podrá, salvo causa justificada, despedir al trabajador con más de diez años, y deberá pagarle al menos veinte días.";
        Assert.All(Every, check => Assert.Null(check.Look(ClaimSamples.Claim(sentence, sentence))));
    }
}
