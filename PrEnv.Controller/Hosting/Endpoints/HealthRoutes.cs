using System.Text;

namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>
/// <c>/healthz</c>: the process serves requests and no <see cref="ILivenessCheck"/> has a problem. <c>/readyz</c>: every <see cref="IReadinessCheck"/> is
/// ready. Else 503 and a list in the API server's style.
/// </summary>
internal sealed class HealthRoutes(IEnumerable<IReadinessCheck> checks, IEnumerable<ILivenessCheck> vitals)
{
    private readonly IReadinessCheck[] _checks = [.. checks];
    private readonly ILivenessCheck[] _vitals = [.. vitals];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", Liveness);
        routes.MapGet("/readyz", Readiness);
    }

    private IResult Liveness()
    {
        var problems = _vitals.Select(check => (check.Name, check.Problem)).Where(check => check.Problem is not null).ToArray();
        return problems.Length == 0
            ? Results.Text("ok\n")
            : Results.Text(
                string.Concat(problems.Select(check => $"[-]{check.Name} {check.Problem}\n")) + "not healthy\n",
                statusCode: StatusCodes.Status503ServiceUnavailable);
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
