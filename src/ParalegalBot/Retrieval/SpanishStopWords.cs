using System.Collections.Frozen;

namespace ParalegalBot.Retrieval;

/// <summary>
/// Words that carry no matter in a question or a statute: function words, courtesies, and the frame of a question.
/// Negation and exception words are here too: they never help to find a passage, and the check reads them from the text itself.
/// </summary>
public static class SpanishStopWords
{
    private static readonly FrozenSet<string> Words = """
        a al algo alguien algun alguna algunas alguno algunos ambas ambos ante antes aquel aquella aquellas aquellos aqui asi aun aunque
        bajo bien cada casi como con contra cual cuales cualquier cualquiera cuando cuanta cuantas cuanto cuantos cuya cuyas cuyo cuyos
        da dan dar de debe deben del dentro desde despues di dice dicen dicha dichas dicho dichos donde dos durante e el ella ellas ellos en entonces
        entre era eran es esa esas ese eso esos esta estaba estan estar estas este esto estos estoy etc fue fueron fui ha haber habia hace hacen hacer
        hacia han has hasta hay haya hayan he hemos hizo hubiere i igual incluso ir jamas junto la las le les lo los luego mas me mi mia mias mientras
        mio mios mis misma mismas mismo mismos mucha muchas mucho muchos muy nada ni ningun ninguna ningunas ninguno ningunos no nos nosotros nuestra
        nuestras nuestro nuestros nunca o os otra otras otro otros para pero poca poco pocos podra podran pues puede pueden puedo que quien quienes
        sal se sea sean segun ser sera seran si sido sin sino so sobre solo son soy su sus suya suyo tal tales tambien tampoco tan tanta tanto te
        tendra tendran tenemos tener tengo ti tiene tienen toda todas todavia todo todos tras tu tus u un una unas uno unos usted ustedes va van varias
        varios vaya ve ver veces vez voy vs y ya yo
        hola buenas buenos dias tardes noches gracias favor porfa ayuda ayudeme ayudenme oye oiga oigan disculpe disculpa disculpen quiero quisiera saber
        pregunta duda necesito digame diganme dime explique expliqueme explicame cual cuales q k xq pq ke tmb d
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Except(["dias"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the folded word is a stop word.</summary>
    public static bool Contains(string folded) => Words.Contains(folded) || (folded.Length == 1 && !char.IsDigit(folded[0]));
}
