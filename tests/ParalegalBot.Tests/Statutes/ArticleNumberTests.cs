using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Statutes;

public sealed class ArticleNumberTests
{
    [Theory]
    [InlineData("1o.-", "1")]
    [InlineData("1º", "1")]
    [InlineData("1/o BIS.", "1 bis")]
    [InlineData("1,000.-", "1000")]
    [InlineData("3o. Bis", "3 bis")]
    [InlineData("2o-A", "2 a")]
    [InlineData("353-Ñ", "353 ñ")]
    [InlineData("353-N", "353 n")]
    [InlineData("353-n\u0303", "353 ñ")] // decomposed ñ
    [InlineData("199 Sextus", "199 sextus")]
    [InlineData("69 C Bis", "69 c bis")]
    [InlineData("195-Z-11 Bis", "195 z 11 bis")]
    [InlineData("228 a bis", "228 a bis")] // a letter, not an ordinal
    [InlineData("15-O", "15 o")] // the letter O after a hyphen
    [InlineData("153 O", "153 o")] // the letter O after a blank
    [InlineData("Tercero transitorio (DOF 27-12-2022)", "tercero transitorio dof 27 12 2022")]
    public void The_key_does_not_depend_on_how_a_number_is_printed(string printed, string key)
    {
        Assert.Equal(key, new ArticleNumber(printed).Key);
        Assert.Equal(key, ArticleNumber.KeyOf(ArticleNumber.Slug(new ArticleNumber(printed).Printed)));
    }
}
