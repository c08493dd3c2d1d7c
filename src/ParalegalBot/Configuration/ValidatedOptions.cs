using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ParalegalBot.Configuration;

/// <summary>Binds a section, applies its rules, and stops the start with every error at once, each with its configuration path.</summary>
public static class ValidatedOptions
{
    /// <summary>Registers options bound to <paramref name="section"/> and checked by <typeparamref name="TRules"/> at start.</summary>
    public static IServiceCollection AddValidatedOptions<TOptions, TRules>(this IServiceCollection services, string section)
        where TOptions : class
        where TRules : AbstractValidator<TOptions>, new()
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TOptions>>(new RuleValidation<TOptions>(section, new TRules()));
    }

    private sealed class RuleValidation<TOptions>(string section, IValidator<TOptions> rules) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var result = rules.Validate(options);
            return result.IsValid
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(result.Errors.Select(error => $"{section}:{error.PropertyName} = '{Secrets.Shown(error.PropertyName, error.AttemptedValue)}': {error.ErrorMessage}"));
        }
    }
}
