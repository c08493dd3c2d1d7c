using Microsoft.Extensions.DependencyInjection;

namespace ParalegalBot.Configuration;

/// <summary>Settings that name a part which only the on-premises edition has: it registers the part under that name as its key.</summary>
public static class OnPremParts
{
    /// <summary>Stops the start where a setting names the part and this program was compiled without it.</summary>
    /// <param name="services">Where the part is looked for.</param>
    /// <param name="name">The part's.</param>
    /// <param name="chosen">Reads the setting.</param>
    /// <param name="path">The setting's.</param>
    public static void NeedOnPrem<TOptions, TPart>(this IServiceCollection services, string name, Func<TOptions, string> chosen, string path) where TOptions : class =>
        services.AddOptions<TOptions>().Validate<IServiceProviderIsKeyedService>(
            (options, registered) => chosen(options) != name || registered.IsKeyedService(typeof(TPart), name),
            $"{path} = '{name}': este programa se compiló sin esa parte; compílelo con -p:OnPrem=true o elija otro valor.");
}
