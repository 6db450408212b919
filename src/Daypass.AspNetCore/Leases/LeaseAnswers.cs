using System.Text.Json;
using Daypass.Leases;
using Daypass.Names;

namespace Daypass.AspNetCore.Leases;

/// <summary>Reads what a node answers. Anything unexpected throws; the client takes that for a failed call.</summary>
internal static class LeaseAnswers
{
    public static LeaseAnswer[] Read(LeaseWire wire, string body, IReadOnlyList<LeaseProof> proofs, string service, string region, long sentAt, CompiledPolicies policies, out AccountId owner)
    {
        using var document = JsonDocument.Parse(body);
        var result = document.RootElement.GetProperty($"{wire.Action}Response").GetProperty($"{wire.Action}Result");
        if (!AccountId.TryParse(result.GetProperty("OwnerAccount").GetString(), out owner))
            throw new FormatException("The answer names no owner account.");
        var entries = result.GetProperty(wire.Answers);
        if (entries.GetArrayLength() != proofs.Count)
            throw new FormatException("The answer has not one entry for each proof.");
        var answers = new LeaseAnswer[proofs.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = Read(entries[i], proofs[i], service, region, sentAt, policies);
        return answers;
    }

    /// <summary>The code and text of an error answer, for the log.</summary>
    public static string ErrorOf(string body) => CodeAndText(body) is var (code, text) ? $"{code}: {text}" : "no reason given";

    /// <summary>The code of an error answer; null when there is none.</summary>
    public static string? CodeOf(string body) => CodeAndText(body)?.Code;

    private static (string? Code, string? Text)? CodeAndText(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement.GetProperty("Error");
            return (error.GetProperty("Code").GetString(), error.GetProperty("Message").GetString());
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static LeaseAnswer Read(JsonElement entry, LeaseProof proof, string service, string region, long sentAt, CompiledPolicies policies) => entry.GetProperty("Status").GetString() switch
    {
        LeaseProtocol.Granted => new LeaseAnswer(AnswerKind.Granted, sentAt, LeaseTerms.Of(Lease.Deserialize(TextOf(entry, "Lease")), proof.Key, service, region, policies)),
        LeaseProtocol.Unchanged when proof.KnownVersion is not null => new LeaseAnswer(AnswerKind.Unchanged, sentAt),
        LeaseProtocol.Refused => new LeaseAnswer(AnswerKind.Refused, sentAt, Refusal: Refusals.Of(TextOf(entry, "Code"), TextOf(entry, "Message"))),
        var other => throw new FormatException($"The answer has the unknown status '{other}'."),
    };

    private static string TextOf(JsonElement entry, string name) => entry.GetProperty(name).GetString() ?? throw new FormatException($"The answer has no {name}.");
}
