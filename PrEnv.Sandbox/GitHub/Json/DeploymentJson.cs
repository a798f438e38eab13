using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>Deployments and their statuses.</summary>
internal static class DeploymentJson
{
    public static string UrlOf(GitHubRepository repository, long id, string baseUrl) =>
        string.Create(CultureInfo.InvariantCulture, $"{RepositoryJson.UrlOf(repository, baseUrl)}/deployments/{id}");

    public static void Write(Utf8JsonWriter json, GitHubDeployment deployment, GitHubRepository repository, string baseUrl)
    {
        var url = UrlOf(repository, deployment.Id, baseUrl);
        json.WriteStartObject();
        json.WriteString("url", url);
        json.WriteNumber("id", deployment.Id);
        json.WriteNodeId("Deployment", deployment.Id);
        json.WriteString("sha", deployment.Sha);
        json.WriteString("ref", deployment.Ref);
        json.WriteString("task", deployment.Task);
        json.WritePropertyName("payload");
        json.WriteRawValue(deployment.Payload);
        json.WriteString("original_environment", deployment.Environment);
        json.WriteString("environment", deployment.Environment);
        json.WriteString("description", deployment.Description);
        UserJson.Write(json, "creator", deployment.Creator, baseUrl);
        json.WriteTime("created_at", deployment.CreatedAt);
        json.WriteTime("updated_at", deployment.Statuses.IsEmpty ? deployment.CreatedAt : deployment.Statuses[^1].CreatedAt);
        json.WriteString("statuses_url", url + "/statuses");
        json.WriteString("repository_url", RepositoryJson.UrlOf(repository, baseUrl));
        json.WriteBoolean("transient_environment", deployment.IsTransient);
        json.WriteBoolean("production_environment", deployment.IsProduction);
        json.WriteEndObject();
    }

    public static void Write(
        Utf8JsonWriter json, GitHubDeploymentStatus status, GitHubDeployment deployment, GitHubRepository repository, string baseUrl)
    {
        var url = UrlOf(repository, deployment.Id, baseUrl);
        json.WriteStartObject();
        json.WriteString("url", string.Create(CultureInfo.InvariantCulture, $"{url}/statuses/{status.Id}"));
        json.WriteNumber("id", status.Id);
        json.WriteNodeId("DeploymentStatus", status.Id);
        json.WriteString("state", status.State);
        UserJson.Write(json, "creator", status.Creator, baseUrl);
        json.WriteString("description", status.Description);
        json.WriteString("environment", deployment.Environment);
        json.WriteString("target_url", status.LogUrl);
        json.WriteTime("created_at", status.CreatedAt);
        json.WriteTime("updated_at", status.CreatedAt);
        json.WriteString("deployment_url", url);
        json.WriteString("repository_url", RepositoryJson.UrlOf(repository, baseUrl));
        json.WriteString("environment_url", status.EnvironmentUrl);
        json.WriteString("log_url", status.LogUrl);
        json.WriteEndObject();
    }
}
