using System.Globalization;

namespace ParalegalBot.Ingestion.Parsing;

/// <summary>
/// Cuts an article's paragraphs into units: paragraphs, apartados, fracciones, top-level incisos. Labels are read in sequence,
/// because I, C, D, L, M, V and X are letters and numerals both; follow-on lines go to the fracción whose list goes on after them,
/// or whose text they are indented under.
/// </summary>
internal sealed class UnitParser
{
    private const double Under = 8;

    private readonly IReadOnlyList<Block> _blocks;
    private readonly UnitLabel?[] _labels;
    private readonly List<Unit> _units = [];
    private string? _apartado;
    private int _paragraphs;
    private Unit? _list;      // the open fracción or top-level inciso
    private int _last;        // its value
    private Unit? _lead;      // the paragraph that introduces what follows

    private UnitParser(IReadOnlyList<Block> blocks)
    {
        _blocks = blocks;
        _labels = [.. blocks.Select(block => block.Table ? null : UnitLabel.Of(block.Text))];
    }

    public static IReadOnlyList<Unit> Parse(IReadOnlyList<Block> blocks)
    {
        var parser = new UnitParser(blocks);
        for (var i = 0; i < blocks.Count; i++) parser.Place(i);
        return parser._units;
    }

    private void Place(int i)
    {
        var label = _labels[i];
        if (label is not null && IsApartado(label, i)) OpenApartado(label, i);
        else if (label?.Roman is { } roman && IsFraccion(label, roman)) OpenFraccion(label, i);
        else if (label?.Small is { } small && _list?.Kind is not UnitKind.Fraccion && IsInciso(small)) OpenInciso(label, small, i);
        else if (_list is not null && BelongsToList(i)) _list.Blocks.Add(_blocks[i]);
        else if (_blocks[i].Table && i > 0 && _blocks[i - 1].Table) _units[^1].Blocks.Add(_blocks[i]);
        else OpenParagraph(i);
    }

    private bool IsApartado(UnitLabel label, int i)
    {
        if (label.Capital is not { } letter || label.Suffixed) return false;
        if (_list?.Kind is UnitKind.Fraccion && GoesOn(i)) return false;
        if (label.Explicit) return true;
        var expected = _apartado is null ? 'A' : (char)(_apartado[0] + 1);
        if (letter != expected) return false;
        if (_apartado is null) return _list is null && HasNext('B', i);
        return label.Roman is null || !IsFraccion(label, label.Roman.Value);
    }

    private bool HasNext(char letter, int i) => _labels.Skip(i + 1).Any(label => label?.Capital == letter);

    private bool IsFraccion(UnitLabel label, int roman)
    {
        if (_list?.Kind is UnitKind.Inciso && _list.Blocks.Any(block => block.Text.TrimEnd(']', ' ').EndsWith(':'))) return false;
        if (_list?.Kind is UnitKind.Fraccion)
            return roman == _last + 1 || (roman == _last && label.Suffixed) || (roman > _last && roman - _last <= 12 && (label.Printed.Length > 1 || roman is 5 or 10));
        return roman == 1 || (label.Printed.Length > 1 && roman < 60) || roman == _last + 1 || roman is 5 or 10;
    }

    private bool IsInciso(string small) => small.Length == 1 || (small.Length == 2 && small[0] == small[1]) || small is "ch" or "ll";

    private void OpenApartado(UnitLabel label, int i)
    {
        _apartado = label.Printed;
        _list = null;
        _last = 0;
        _units.Add(_lead = new Unit(UnitKind.Paragraph, _apartado, Next(_apartado)) { Blocks = { _blocks[i] } });
    }

    private void OpenFraccion(UnitLabel label, int i)
    {
        var introduction = _list?.Kind is UnitKind.Fraccion ? _list.Introduction : Lead();
        _list = new Unit(UnitKind.Fraccion, _apartado, label.Printed) { Introduction = introduction, Blocks = { _blocks[i] } };
        _last = label.RangeEnd ?? label.Roman!.Value;
        _units.Add(_list);
    }

    private void OpenInciso(UnitLabel label, string small, int i)
    {
        var goesOn = _list?.Kind is UnitKind.Inciso;
        var numeral = goesOn ? _list!.Paragraph : _lead is { } lead && UnitLabel.Of(lead.First.Text)?.Number is not null ? lead.Label : null;
        var introduction = goesOn ? _list!.Introduction : Lead();
        _list = new Unit(UnitKind.Inciso, _apartado, label.Printed) { Introduction = introduction, Paragraph = numeral, Blocks = { _blocks[i] } };
        _last = small[0];
        _units.Add(_list);
    }

    /// <summary>The paragraph before the list introduces it; it is an introduction only where it does not end in a full stop.</summary>
    private string? Lead()
    {
        if (_lead is null) return null;
        _lead.Introductory = _lead.First.Text.TrimEnd(']', '"', '”', ' ') is not [.., '.'];
        return _lead.Text;
    }

    private void OpenParagraph(int i)
    {
        var table = _blocks[i].Table;
        var introduction = table && _units.Count > 0 && _units[^1] == _lead && _lead.Text.EndsWith(':') ? Lead() : null;
        var unit = new Unit(UnitKind.Paragraph, _apartado, Next(_apartado)) { Introduction = introduction, Blocks = { _blocks[i] } };
        _units.Add(unit);
        _list = null;
        _last = 0;
        if (!table) _lead = unit;
    }

    private string Next(string? apartado) => apartado is null
        ? (++_paragraphs).ToString(CultureInfo.InvariantCulture)
        : (1 + _units.Count(unit => unit.Apartado == apartado && unit.Kind is UnitKind.Paragraph)).ToString(CultureInfo.InvariantCulture);

    private bool BelongsToList(int i)
    {
        if (_blocks[i].Table) return true;
        if (_labels[i] is { } own && (own.Small is not null || own.Number is not null || own.Capital is not null || own.Roman is not null) && _list!.Kind is UnitKind.Fraccion) return own.Number is null || IsUnder(i) || GoesOn(i);
        return IsUnder(i) || GoesOn(i);
    }

    private bool IsUnder(int i) => _blocks[i].Indent is { } indent && _list!.First.Indent is { } first && indent >= first + Under;

    /// <summary>The open list continues further down before another begins.</summary>
    private bool GoesOn(int i)
    {
        for (var j = i + 1; j < _labels.Length; j++)
        {
            if (_labels[j] is not { } label) continue;
            if (_list!.Kind is UnitKind.Fraccion)
            {
                if (label.Roman == _last + 1 || (label.Roman == _last && label.Suffixed)) return label.Capital is not { } letter || _apartado is null || letter != _apartado[0] + 1;
                if (label.Roman == 1) return false;
            }
            else
            {
                if (label.Small is [var letter] && letter == _last + 1) return true;
                if (label.Small == "a" || label.Number is not null) return false;
            }
        }
        return false;
    }
}
