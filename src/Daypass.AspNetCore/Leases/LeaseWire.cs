using System.Text;
using Daypass.Leases;

namespace Daypass.AspNetCore.Leases;

/// <summary>How proofs are sent and answers come back: one of two protocols that differ in their words only.</summary>
/// <param name="Action">Daypass's action.</param>
/// <param name="Proofs">The list of proofs.</param>
/// <param name="Text">Of each, the member that holds what was signed.</param>
/// <param name="Answers">The list of answers.</param>
internal sealed record LeaseWire(string Action, string Proofs, string Text, string Answers)
{
    /// <summary>For leases with a signing key (<see cref="LeaseProtocol"/>).</summary>
    public static LeaseWire Leases { get; } = new(LeaseProtocol.Action, "Proofs", "StringToSign", "Leases");

    /// <summary>For verdicts and leases without one (<see cref="VerdictProtocol"/>).</summary>
    public static LeaseWire Verdicts { get; } = new(VerdictProtocol.Action, "Requests", "Text", "Verdicts");

    public void Add(StringBuilder form, IReadOnlyList<LeaseProof> proofs)
    {
        for (var i = 0; i < proofs.Count; i++)
        {
            var member = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Proofs}.member.{i + 1}.");
            NodeCalls.Add(form, member + "AccessKeyId", proofs[i].Key.AccessKeyId);
            NodeCalls.Add(form, member + "Date", proofs[i].Key.Date);
            NodeCalls.Add(form, member + "SessionToken", proofs[i].SessionToken);
            NodeCalls.Add(form, member + Text, proofs[i].Text);
            NodeCalls.Add(form, member + "Signature", proofs[i].Signature);
            NodeCalls.Add(form, member + "KnownVersion", proofs[i].KnownVersion);
        }
    }
}
