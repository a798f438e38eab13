namespace PrEnv.Benchmarks.Quota;

/// <summary>What an hour has cost.</summary>
/// <param name="Charged">Requests to GitHub that count against the rate limit.</param>
/// <param name="Uncharged">Requests to GitHub that do not.</param>
/// <param name="Posts">Writes to GitHub.</param>
/// <param name="Writes">Writes to Kubernetes.</param>
internal sealed record HourlyCost(int Charged, int Uncharged, int Posts, int Writes)
{
    public override string ToString() =>
        $"{Charged} requests charged, {Uncharged} not; {Posts} writes to GitHub, {Writes} to Kubernetes";
}
