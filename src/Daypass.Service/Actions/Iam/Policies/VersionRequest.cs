using System.Buffers;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>A request about one version of a managed policy.</summary>
internal sealed record VersionRequest(string PolicyArn, string VersionId)
{
    private static readonly TextRule Rule = new(1, 64, @"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", IsVersionId);
    private static readonly SearchValues<char> SuffixCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    public static VersionRequest Read(Parameters wire) => new(PolicyTarget.Read(wire), wire.RequiredText("VersionId", Rule));

    public Question Ask(Scene scene, string action) => Question.Of(PolicyTarget.Ask(scene, action, PolicyArn));

    public IEnumerable<AuditResource> Resources => [PolicyTarget.Resource(PolicyArn)];

    private static bool IsVersionId(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var number = dot < 0 ? text : text[..dot];
        return number is ['v', >= '1' and <= '9', ..]
            && !number.AsSpan(1).ContainsAnyExceptInRange('0', '9')
            && (dot < 0 || !text.AsSpan(dot + 1).ContainsAnyExcept(SuffixCharacters));
    }
}
