using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Kubernetes.Watching;

/// <summary>The quick reader and the serialiser must agree on everything that the quick reader reads.</summary>
[TestFixture]
internal sealed class ReleaseReaderTests
{
    private const string Usual =
        """{"apiVersion":"v2","kind":"HelmRelease","metadata":{"name":"relpr-1","namespace":"envs","uid":"u","resourceVersion":"7","generation":2,"creationTimestamp":"2026-01-02T03:04:05Z","managedFields":[{"a":{"b":[1,{}]}}]},"spec":{"interval":"5m","values":{"prNumber":1,"deep":{"a":[1,"}"]}}}}""";

    [Test]
    public void Read_EveryPropertyOfTheModel_IsWhatTheSerialiserReads()
    {
        var full = (HelmRelease)Fill(typeof(HelmRelease), "x");
        var json = JsonSerializer.SerializeToUtf8Bytes(full, ResourceJson.Default.HelmRelease);

        var read = ReleaseReader.Read(json);

        Assert.That(Text(read), Is.EqualTo(Text(full)), "a property that the model has gained must be read here too");
        Assert.That(Text(read), Is.EqualTo(Text(Serialiser(json))));
    }

    [TestCase("""{"metadata":{"name":"a"}}""")]
    [TestCase("""{"metadata":{"name":"a","labels":null,"annotations":{},"finalizers":[]},"spec":null,"status":null}""")]
    [TestCase("""{"metadata":{"name":"a","finalizers":null},"spec":{"chart":null,"values":null,"suspend":null,"interval":null}}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"conditions":null}}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"observedGeneration":3,"conditions":[]}}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"history":null,"helmChart":null,"lastAttemptedConfigDigest":null}}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"history":[{"status":"deployed","version":1},{}],"lastAttemptedGeneration":2}}""")]
    [TestCase("""{"metadata":{"name":"\u0061\n\"","annotations":{"\u0061pp":"x"}},"spec":{"interval":"ü","values":[1, 2 ,"ü"]}}""")]
    [TestCase(""" { "spec" : { "values" : { "a" : 1 } } , "metadata" : { "name" : "a" } } """)]
    [TestCase("""{"spec":{"values":{},"values":{"last":"wins"}},"metadata":{"name":"a"}}""")]
    [TestCase(Usual)]
    public void Read_Usual_IsWhatTheSerialiserReads(string json) =>
        Assert.That(Text(ReleaseReader.Read(Encoding.UTF8.GetBytes(json))), Is.EqualTo(Text(Serialiser(Encoding.UTF8.GetBytes(json)))));

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"metadata":[]}""")]
    [TestCase("""{"metadata":{"name":1}}""")]
    [TestCase("""{"metadata":{"name":"a","generation":1.5}}""")]
    [TestCase("""{"metadata":{"name":"a","creationTimestamp":"yesterday"}}""")]
    [TestCase("""{"metadata":{"name":"a","deletionTimestamp":null}}""")]
    [TestCase("""{"metadata":{"name":"a","finalizers":[null]}}""")]
    [TestCase("""{"metadata":{"name":"a"},"spec":["suspend"]}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"conditions":[{"type":"Ready"}]}}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"conditions":["Ready"]}}""")]
    [TestCase("""{"metadata":{"name":"a"},"status":{"observedGeneration":null}}""")]
    [TestCase("""{"metadata":{"name":"a"}},"more":1""")]
    [TestCase("""{"metadata":{"name":"a"}} {}""")]
    [TestCase("""{"metadata":{"name":"a"}""")]
    [TestCase("""{"metadata":{"name":"\ud800"}}""")]
    public void Read_Unusual_IsLeftToTheSerialiser(string json) =>
        Assert.That(ReleaseReader.Read(Encoding.UTF8.GetBytes(json)), Is.Null);

    [Test]
    public void Read_AnyCutOfALine_IsLeftToTheSerialiser()
    {
        var json = Encoding.UTF8.GetBytes(Usual);
        Assert.That(Enumerable.Range(0, json.Length).Select(length => ReleaseReader.Read(json.AsSpan(0, length))), Is.All.Null);
    }

    [Test]
    public void Read_LabelsThatNobodyReads_AreNotMade()
    {
        var json =
            """{"metadata":{"name":"a","labels":{"app":{"odd":1},"app.kubernetes.io/managed-by":"prenv-controller"},"annotations":{"x":"y"}}}""";

        var metadata = ReleaseReader.Read(Encoding.UTF8.GetBytes(json))!.Metadata;

        Assert.That(metadata.Labels!.Keys, Is.EqualTo([OwnerLabels.ManagedBy]));
        Assert.That(metadata.Annotations, Is.Null);
    }

    [Test]
    public void Read_Twice_SharesEqualStrings()
    {
        var (first, second) = (ReleaseReader.Read(Encoding.UTF8.GetBytes(Usual))!, ReleaseReader.Read(Encoding.UTF8.GetBytes(Usual))!);

        Assert.That(second.Metadata.Namespace, Is.SameAs(first.Metadata.Namespace));
    }

    private static HelmRelease? Serialiser(byte[] json) => JsonSerializer.Deserialize(json, WatchedJson.Default.HelmRelease);

    private static string Text(HelmRelease? release) =>
        release is null ? "null" : JsonSerializer.Serialize(release, ResourceJson.Default.HelmRelease);

    /// <summary>An instance with a value for each property, all different.</summary>
    private static object Fill(Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return path;
        if (type == typeof(long))
            return (long)path.Length;
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch.AddDays(path.Length);
        if (type == typeof(HelmReleaseSpec))
            return ReleaseExtensions.Spec($$$"""{"{{{path}}}":1,"values":{"prNumber":{{{path.Length}}},"prSHA":"{{{path}}}"}}""");
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return new Dictionary<string, string>(StringComparer.Ordinal) { [OwnerLabels.Uid] = path };
        if (type == typeof(IReadOnlyList<string>))
            return new[] { path };
        if (type == typeof(IReadOnlyList<Condition>))
            return new[] { (Condition)Fill(typeof(Condition), path) };
        if (type == typeof(IReadOnlyList<HelmReleaseSnapshot>))
            return new[] { (HelmReleaseSnapshot)Fill(typeof(HelmReleaseSnapshot), path) };
        Assert.That(type.IsAssignableTo(typeof(IEnumerable)), Is.False, $"this test does not know {type}");
        var instance = Activator.CreateInstance(type)!;
        foreach (
            var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(
                p => p.CanWrite))
        {
            property.SetValue(instance, Fill(property.PropertyType, $"{path}.{property.Name}"));
        }

        return instance;
    }
}
