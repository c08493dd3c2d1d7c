using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Operations;

/// <summary>Who may enter the operations page: a key becomes a cookie of eight hours, or the firm's identity provider says who it is.</summary>
public static class OperationsAccess
{
    /// <summary>Name of the scheme that asks the firm's identity provider.</summary>
    public const string Provider = "oidc";

    private static readonly TimeSpan Session = TimeSpan.FromHours(8);

    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<OperationsOptions, OperationsOptions.Rules>("Operations");
        services.AddSingleton<Dashboard.Reports>();
        services.AddDataProtection().SetApplicationName("ParalegalBot");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new RecordedKeys(provider.GetRequiredService<KeyRing>())));
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = "csrf";
            options.Cookie.Name = "paralegal_formulario";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true; // SecurityHeaders sets the stricter one
        });
        var oidc = configuration.GetSection("Operations:Oidc").Get<OperationsOptions.OidcOptions>() ?? new();
        var authentication = services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "paralegal_operaciones";
            options.Cookie.HttpOnly = true;
            options.Cookie.Path = "/operations";
            // Coming back from another site a strict cookie would be left out; forms carry a token of their own either way.
            options.Cookie.SameSite = oidc.IsOn ? SameSiteMode.Lax : SameSiteMode.Strict;
            options.ExpireTimeSpan = Session;
            options.SlidingExpiration = false;
            options.Events.OnRedirectToLogin = context =>
            {
                context.Response.Redirect("/operations/entrar"); // no return address: nothing that could lead elsewhere
                return Task.CompletedTask;
            };
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        if (oidc.IsOn) authentication.AddOpenIdConnect(Provider, options => Describe(options, oidc));
        services.AddAuthorizationBuilder()
            .AddPolicy(OperationsOptions.Operator, policy => policy.RequireRole(OperationsOptions.Operator, OperationsOptions.Lawyer))
            .AddPolicy(OperationsOptions.Lawyer, policy => policy.RequireRole(OperationsOptions.Lawyer));
        return services;
    }

    /// <summary>The role that a key opens; null for a wrong one. It takes as long for every wrong key.</summary>
    public static string? RoleOf(string key, OperationsOptions options) =>
        (Matches(key, options.LawyerKey), Matches(key, options.Key)) switch
        {
            (true, _) => OperationsOptions.Lawyer,
            (_, true) => OperationsOptions.Operator,
            _ => null,
        };

    /// <summary>Signs in whoever holds a key.</summary>
    public static Task SignInAsync(HttpContext context, string role) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, $"clave ({role})"), new Claim(ClaimTypes.Role, role)], CookieAuthenticationDefaults.AuthenticationScheme)));

    private static void Describe(OpenIdConnectOptions options, OperationsOptions.OidcOptions oidc)
    {
        options.Authority = oidc.Authority;
        options.RequireHttpsMetadata = !new Uri(oidc.Authority).IsLoopback;
        options.ClientId = oidc.ClientId;
        options.ClientSecret = oidc.ClientSecret;
        options.ResponseType = "code";
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.TokenValidationParameters.NameClaimType = "name";
        options.TokenValidationParameters.RoleClaimType = ClaimTypes.Role;
        options.CallbackPath = "/operations/oidc";
        options.SignedOutCallbackPath = "/operations/oidc-salida";
        options.Events.OnTokenValidated = context =>
        {
            var held = context.Principal!.FindAll(oidc.RoleClaim).Select(claim => claim.Value).ToHashSet();
            var identity = (ClaimsIdentity)context.Principal.Identity!;
            if (held.Contains(oidc.LawyerRole)) identity.AddClaim(new Claim(ClaimTypes.Role, OperationsOptions.Lawyer));
            else if (held.Contains(oidc.OperatorRole)) identity.AddClaim(new Claim(ClaimTypes.Role, OperationsOptions.Operator));
            else context.Fail("The identity provider gave none of the two roles.");
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/operations/entrar?error=rol");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static bool Matches(string given, string key) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key))) && key.Length > 0;
}
