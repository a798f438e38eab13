namespace PrEnv.Tests.Hosting;

internal static class Kubeconfigs
{
    /// <summary>One context with a cluster and a user of the same name.</summary>
    public static string Config(string name, string server, bool isCurrent = true, string cluster = "", string user = "token: secret") =>
        $$"""
        apiVersion: v1
        kind: Config
        {{(isCurrent ? "current-context: " + name : "")}}
        clusters:
        - name: {{name}}
          cluster: {server: "{{server}}"{{cluster}}}
        contexts:
        - name: {{name}}
          context: {cluster: {{name}}, user: {{name}}}
        users:
        - name: {{name}}
          user: { {{user}} }
        """;
}
