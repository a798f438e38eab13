using System.Text;

namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>
/// <c>/healthz</c>: the process serves requests. <c>/readyz</c>: every <see cref="IReadinessCheck"/> is ready, else 503 and a list in the API server's style.
/// </summary>
internal sealed class HealthRoutes(IEnumerable<IReadinessCheck> checks)
{
    private readonly IReadinessCheck[] _checks = [.. checks];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static () => Results.Text("ok\n"));
        routes.MapGet("/readyz", Readiness);
    }

    private IResult Readiness()
    {
        var report = new StringBuilder();
        var isReady = true;
        foreach (var check in _checks)
        {
            var passed = check.Ready;
            isReady &= passed;
            report.Append(passed ? "[+]" : "[-]").Append(check.Name).Append(passed ? " ok\n" : " not ready\n");
        }

        report.Append(isReady ? "ok\n" : "not ready\n");
        return Results.Text(report.ToString(), statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
