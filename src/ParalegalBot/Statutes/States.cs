namespace ParalegalBot.Statutes;

/// <summary>The 32 federal entities, as people write them.</summary>
public static class States
{
    /// <summary>Common names, in alphabetical order; <c>Estado de México</c> is the state, <c>Ciudad de México</c> the capital.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Aguascalientes", "Baja California", "Baja California Sur", "Campeche", "Chiapas", "Chihuahua", "Ciudad de México", "Coahuila", "Colima",
        "Durango", "Estado de México", "Guanajuato", "Guerrero", "Hidalgo", "Jalisco", "Michoacán", "Morelos", "Nayarit", "Nuevo León", "Oaxaca",
        "Puebla", "Querétaro", "Quintana Roo", "San Luis Potosí", "Sinaloa", "Sonora", "Tabasco", "Tamaulipas", "Tlaxcala", "Veracruz", "Yucatán",
        "Zacatecas",
    ];
}
