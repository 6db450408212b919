using System.Text.Json;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>
/// What <c>additionalEventData</c> says of policies: what the validator found in those that the call wrote, or was refused to write; and of
/// a refusal by policies, which type of them it was and which statement.
/// </summary>
internal static class AuditWarnings
{
    private const int MostSid = 128;

    public static void Write(LimitedJson json, Decision decision)
    {
        if (!json.TryStartObject("denial"))
            return;
        json.Text("reason", JsonNamingPolicy.CamelCase.ConvertName(decision.Reason.ToString()));
        if (decision.DecidedBy is { } type)
            json.Text("policyType", JsonNamingPolicy.CamelCase.ConvertName(type.ToString()));
        if (decision is { Policy: { } policy, Statement: { } statement })
        {
            json.Text("policy", policy.Arn ?? policy.Id);
            if (statement.Sid is { } sid)
                json.Text("statementId", sid.Length <= MostSid ? sid : sid[..MostSid]);
            json.Number("line", statement.Position.Line);
            json.Number("column", statement.Position.Column - 1);
        }
        json.EndObject();
    }

    public static void Write(LimitedJson json, WrittenPolicies written)
    {
        if (!json.TryStartArray("policyFindings"))
            return;
        foreach (var warning in written.Warnings)
            Write(json, warning);
        json.EndArray();
        if (written.HasMore)
            json.Flag("policyFindingsCut", true);
    }

    // Lines and columns as ValidatePolicy counts them.
    private static void Write(LimitedJson json, PolicyWarning warning)
    {
        if (!json.TryStartObject())
            return;
        json.Text("parameter", AuditShapeWriter.LowerCamel(warning.Parameter));
        json.Text("findingType", FindingWords.Of(warning.Type));
        json.Text("issueCode", warning.IssueCode);
        json.Number("line", warning.Position.Line);
        json.Number("column", warning.Position.Column - 1);
        json.EndObject();
    }
}
