using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Operations.Dashboard;
using ParalegalBot.Server.Pages;

namespace ParalegalBot.Server.Operations;

/// <summary>Cases that people handed over, for the responsible lawyer alone: reading one, answering it and closing it are each recorded.</summary>
internal static class HandOversApi
{
    private const int MaxName = 100;

    public static void MapHandOvers(this IEndpointRouteBuilder inside)
    {
        var cases = inside.MapGroup("/casos/{id}").RequireAuthorization(OperationsOptions.Lawyer);
        cases.MapGet("", Show);
        cases.MapPost("/responder", AnswerAsync);
        cases.MapPost("/cerrar", Close);
    }

    private static IResult Show(string id, HttpContext context, IAntiforgery antiforgery, HandOverDesk desk, IOptions<FirmOptions> firm, AuditLog audit, TimeProvider time)
    {
        if (desk.Find(id) is not { State: not HandOverState.Offered } handOver) return Missing();
        Record(audit, context, "case_seen", id);
        return PageResults.Page<CasePage>(
            200, (nameof(CasePage.Case), handOver), (nameof(CasePage.Lines), desk.Lines(id)), (nameof(CasePage.Zone), time.LocalTimeZone),
            (nameof(CasePage.Signature), firm.Value.ResponsibleLawyer), (nameof(CasePage.Token), antiforgery.GetAndStoreTokens(context).RequestToken));
    }

    private static async Task<IResult> AnswerAsync(string id, HttpContext context, HandOverDesk desk, AuditLog audit, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (name, text) = (form["firma"].ToString().Trim(), form["texto"].ToString().Trim());
        if (name.Length is 0 or > MaxName || text.Length is 0 or > HandOverDesk.MaxText)
            return PageResults.Failure(400, "Solicitud incorrecta", $"Escriba quién responde y una respuesta de hasta {HandOverDesk.MaxText} caracteres.");
        if (!desk.Answer(id, name, text)) return Over();
        Record(audit, context, "case_answered", id);
        return Results.Redirect($"/operations/casos/{id}");
    }

    private static IResult Close(string id, HttpContext context, HandOverDesk desk, AuditLog audit)
    {
        if (!desk.Close(id)) return Over();
        Record(audit, context, "case_closed", id);
        return Results.Redirect("/operations");
    }

    private static IResult Missing() => PageResults.Failure(404, "No existe ese caso", "Revise el número o vuelva a la lista.");

    private static IResult Over() => PageResults.Failure(409, "No se envió", "El caso ya no está abierto, o su canal está apagado.");

    private static void Record(AuditLog audit, HttpContext context, string what, string id) =>
        audit.Append(AuditEntry.Note(audit.NewId(), OperationsApi.Actor(context), "operations", what, id));
}
