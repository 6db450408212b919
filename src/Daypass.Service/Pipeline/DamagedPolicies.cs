using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Daypass.Policies;

namespace Daypass.Service.Pipeline;

/// <summary>
/// Says once of each stored policy that today's reader does not take in full. Such a policy is evaluated closed
/// (<see cref="PolicyDocument.ReadStored(string, PolicyType)"/>), so somebody misses access and nobody would know why. Called by: the pipeline,
/// with what each decision rests on.
/// </summary>
internal sealed class DamagedPolicies(Action<ApiRequest, Exception> report)
{
    private const int Most = 1024;

    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    public void Look(ApiRequest request, Caller caller, Question question)
    {
        Look(request, caller.Policies.Identity);
        if (caller.Policies.Boundary is { } boundary)
            Look(request, boundary);
        Look(request, caller.SessionPolicies ?? []);
        foreach (var permission in question.Permissions)
            Look(request, permission.ResourcePolicies);
    }

    private void Look(ApiRequest request, IReadOnlyList<Policy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
            Look(request, policies[i]);
    }

    private void Look(ApiRequest request, Policy policy)
    {
        if (policy.Document.Fault is not { } fault)
            return;
        // Bounded: after very many it begins anew, and says some of them again.
        if (_said.Count >= Most)
            _said.Clear();
        if (_said.TryAdd($"{policy.Id} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(policy.Document.Text)))}", true))
            report(request, new DamagedPolicyException(policy, fault));
    }
}
