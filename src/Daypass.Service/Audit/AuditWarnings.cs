using System.Text.Json;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>
/// The <c>additionalEventData</c> of a record: what the validator found in the policies that the call wrote, or was refused to write; and of
/// a refusal by policies, which type of them it was and which statement.
/// </summary>
internal static class AuditWarnings
{
    public static void Write(Utf8JsonWriter json, WrittenPolicies written, Denial? denial)
    {
        // Across accounts why is half the other's business, and here it is told to one.
        denial = denial?.IsInOneAccount is true ? denial : null;
        if (written.Warnings.Count == 0 && denial is null)
            return;
        json.WriteStartObject("additionalEventData"u8);
        if (denial is not null)
            Write(json, denial.Decision);
        if (written.Warnings.Count > 0)
            Write(json, written);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject("denial"u8);
        json.WriteString("reason"u8, JsonNamingPolicy.CamelCase.ConvertName(decision.Reason.ToString()));
        if (decision.DecidedBy is { } type)
            json.WriteString("policyType"u8, JsonNamingPolicy.CamelCase.ConvertName(type.ToString()));
        if (decision is { Policy: { } policy, Statement: { } statement })
        {
            json.WriteString("policy"u8, policy.Arn ?? policy.Id);
            if (statement.Sid is { } sid)
                json.WriteString("statementId"u8, sid.Length <= MostSid ? sid : sid[..MostSid]);
            json.WriteNumber("line"u8, statement.Position.Line);
            json.WriteNumber("column"u8, statement.Position.Column - 1);
        }
        json.WriteEndObject();
    }

    private const int MostSid = 128;

    private static void Write(Utf8JsonWriter json, WrittenPolicies written)
    {
        json.WriteStartArray("policyFindings"u8);
        foreach (var warning in written.Warnings)
            Write(json, warning);
        json.WriteEndArray();
        if (written.HasMore)
            json.WriteBoolean("policyFindingsCut"u8, true);
    }

    // Lines and columns as ValidatePolicy counts them.
    private static void Write(Utf8JsonWriter json, PolicyWarning warning)
    {
        json.WriteStartObject();
        json.WriteString("parameter"u8, AuditShapeWriter.LowerCamel(warning.Parameter));
        json.WriteString("findingType"u8, FindingWords.Of(warning.Type));
        json.WriteString("issueCode"u8, warning.IssueCode);
        json.WriteNumber("line"u8, warning.Position.Line);
        json.WriteNumber("column"u8, warning.Position.Column - 1);
        json.WriteEndObject();
    }
}
