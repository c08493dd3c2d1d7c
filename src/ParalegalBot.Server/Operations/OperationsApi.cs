using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Operations.Dashboard;
using ParalegalBot.Server.Pages;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Operations;

/// <summary>The operations page. Every form carries a token; nothing here leads to another address; looking at a question is itself recorded.</summary>
public static class OperationsApi
{
    public static void MapOperations(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<OperationsOptions>>().Value.IsOn) return;
        var group = app.MapGroup("/operations").AddEndpointFilter(CheckFormAsync);
        group.MapGet("/entrar", (HttpContext context, IAntiforgery antiforgery, IOptions<OperationsOptions> options, string? error) =>
            Door(context, antiforgery, options.Value, error is null ? null : "Su cuenta no tiene permiso para entrar aquí.", 200));
        group.MapPost("/entrar", SignInAsync).RequireRateLimiting(Protection.SigningIn);
        group.MapGet("/entrar/proveedor", (IOptions<OperationsOptions> options) => options.Value.Oidc.IsOn
            ? Results.Challenge(new AuthenticationProperties { RedirectUri = "/operations" }, [OperationsAccess.Provider]) : Results.NotFound());

        var inside = group.MapGroup("").RequireAuthorization(OperationsOptions.Operator);
        inside.MapGet("/", Overview);
        inside.MapGet("/respuestas/{id}", Trace);
        inside.MapGet("/respuestas.csv", Csv);
        inside.MapPost("/modo", SetModeAsync);
        inside.MapHandOvers();
        inside.MapPost("/salir", async (HttpContext context) =>
        {
            await context.SignOutAsync();
            return Results.Redirect("/operations/entrar");
        });
    }

    private static async ValueTask<object?> CheckFormAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return PageResults.Failure(400, "Formulario vencido", "Vuelva a la página y envíe el formulario de nuevo.");
        var result = await next(context);
        http.Response.Headers.CacheControl = "no-store";
        return result;
    }

    private static IResult Door(HttpContext context, IAntiforgery antiforgery, OperationsOptions options, string? problem, int status) => PageResults.Page<SignInPage>(
        status, (nameof(SignInPage.Keys), options.HasKeys), (nameof(SignInPage.Provider), options.Oidc.IsOn),
        (nameof(SignInPage.Token), antiforgery.GetAndStoreTokens(context).RequestToken), (nameof(SignInPage.Problem), problem));

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, IOptions<OperationsOptions> options, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (OperationsAccess.RoleOf(form["clave"].ToString(), options.Value) is not { } role) return Door(context, antiforgery, options.Value, "Esa clave no abre esta página.", 403);
        await OperationsAccess.SignInAsync(context, role);
        return Results.Redirect("/operations");
    }

    private static IResult Overview(
        HttpContext context, IAntiforgery antiforgery, Reports reports, ServiceSwitch service, Inbox inbox, Outbox outbox, DataRights rights, HandOverDesk desk, TimeProvider time)
    {
        var lawyer = context.User.IsInRole(OperationsOptions.Lawyer);
        var open = rights.List(open: true);
        return PageResults.Page<OperationsPage>(
            200,
            (nameof(OperationsPage.Report), reports.Of(Filter.Read(context.Request.Query, reports.Today), lawyer)), (nameof(OperationsPage.Lawyer), lawyer),
            (nameof(OperationsPage.User), Actor(context)), (nameof(OperationsPage.Token), antiforgery.GetAndStoreTokens(context).RequestToken),
            (nameof(OperationsPage.Mode), service.Mode), (nameof(OperationsPage.Waiting), (inbox.Waiting(), outbox.Waiting())),
            (nameof(OperationsPage.Due), open.Count == 0 ? null : ((int, DateOnly)?)(open.Count, open.Min(request => request.Due)!.Value)),
            (nameof(OperationsPage.Cases), desk.Waiting()), (nameof(OperationsPage.Zone), time.LocalTimeZone));
    }

    private static IResult Trace(string id, HttpContext context, AuditLog audit, FeedbackStore feedback, StatuteStore store)
    {
        if (id.Length > 64 || audit.Show(id) is not { } row || row.Outcome == AuditEntry.NoteOutcome)
            return PageResults.Failure(404, "No existe esa respuesta", "Revise el identificador o vuelva a la lista.");
        var lawyer = context.User.IsInRole(OperationsOptions.Lawyer);
        if (lawyer && !row.Erased) audit.Append(AuditEntry.Note(audit.NewId(), Actor(context), "operations", "question_seen", row.Id));
        return PageResults.Page<TracePage>(
            200, (nameof(TracePage.Row), row), (nameof(TracePage.Lawyer), lawyer), (nameof(TracePage.Verdicts), Verdict.Read(row)),
            (nameof(TracePage.Ratings), feedback.Of(row.Id)), (nameof(TracePage.Find), (Func<string, Passage?>)(passage => Find(store, passage))));
    }

    private static IResult Csv(HttpContext context, Reports reports, AuditLog audit)
    {
        var filter = Filter.Read(context.Request.Query, reports.Today);
        var lawyer = context.User.IsInRole(OperationsOptions.Lawyer);
        if (lawyer) audit.Append(AuditEntry.Note(audit.NewId(), Actor(context), "operations", "questions_exported", filter.Query));
        var name = string.Create(CultureInfo.InvariantCulture, $"respuestas-{filter.From:yyyyMMdd}-{filter.Until:yyyyMMdd}.csv");
        return Results.File(CsvExport.Write(reports.Rows(filter), lawyer), "text/csv; charset=utf-8", name);
    }

    private static async Task<IResult> SetModeAsync(HttpContext context, ServiceSwitch service, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (!Enum.TryParse<ServiceMode>(form["modo"], out var mode) || !Enum.IsDefined(mode)) return PageResults.Failure(400, "Solicitud incorrecta", "Ese modo de servicio no existe.");
        service.Set(mode, Actor(context));
        return Results.Redirect("/operations");
    }

    /// <summary>Who is signed in, as the audit log names them.</summary>
    internal static string Actor(HttpContext context) => context.User.Identity?.Name ?? context.User.FindFirstValue("sub") ?? "desconocido";

    /// <summary>A passage by its id, <c>LFT/76/p1</c>; null where the laws have changed since.</summary>
    private static Passage? Find(StatuteStore store, string id) =>
        id.Split('/') is [var law, var article, ..] ? store.Article(law, article)?.Passages.FirstOrDefault(passage => passage.Id == id) : null;
}
