namespace ParalegalBot.Statutes;

/// <summary>Which order of government a statute belongs to.</summary>
public enum LegalOrder
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Federal or general law, valid in the whole country within federal matters.</summary>
    Federal,

    /// <summary>Law of one state (entidad federativa).</summary>
    State,

    /// <summary>Law of one municipality.</summary>
    Municipal,
}
