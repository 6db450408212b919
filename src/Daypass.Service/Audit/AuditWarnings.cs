using System.Text.Json;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>The <c>additionalEventData</c> of a record: what the validator found in the policies that the call wrote, or was refused to write.</summary>
internal static class AuditWarnings
{
    public static void Write(Utf8JsonWriter json, WrittenPolicies written)
    {
        if (written.Warnings.Count == 0)
            return;
        json.WriteStartObject("additionalEventData"u8);
        json.WriteStartArray("policyFindings"u8);
        foreach (var warning in written.Warnings)
            Write(json, warning);
        json.WriteEndArray();
        if (written.HasMore)
            json.WriteBoolean("policyFindingsCut"u8, true);
        json.WriteEndObject();
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
