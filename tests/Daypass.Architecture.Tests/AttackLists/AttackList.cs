namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>One attack that is known, and the tests that hold it off.</summary>
/// <param name="Number">A letter for the list and a number in it.</param>
/// <param name="What">What is tried.</param>
/// <param name="Proofs">Each the test's class and name (<c>QueryAuth.A_proof_in_the_body_is_none</c>), or its class and the row of its data (<c>QueryAuth "a second date"</c>).</param>
internal sealed record Attack(string Number, string What, params string[] Proofs);

/// <summary>The lists together.</summary>
internal static class AttackList
{
    public static IReadOnlyList<Attack> All { get; } = [.. Signatures.All, .. SessionTokens.All, .. SideChannels.All, .. SamlResponses.All, .. WebIdentities.All, .. Certificates.All, .. SignIns.All, .. UndelimitedTexts.All];
}
