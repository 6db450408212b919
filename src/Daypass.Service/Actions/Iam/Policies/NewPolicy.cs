using System.Globalization;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>What every new managed policy, and every new version of one, goes through, whichever API makes it.</summary>
internal static class NewPolicy
{
    /// <summary>A policy with its first version. Names are unique ignoring case, whatever the path.</summary>
    /// <exception cref="ApiException">MalformedPolicyDocument; EntityAlreadyExists; LimitExceeded.</exception>
    public static ManagedPolicy Of(string name, string path, string document, PolicySyntax syntax, Scene scene)
    {
        PolicyDocuments.Parse(document, PolicyType.Identity, Quotas.PolicySize, syntax);
        RequireFree(name, scene);
        Quotas.Policies.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.Policy));
        var now = scene.NowInSeconds;
        return new ManagedPolicy
        {
            Name = name,
            Path = path,
            Id = Identifiers.Unique(UniqueId.ManagedPolicy, scene.Entropy),
            Created = now,
            Updated = now,
            DefaultVersion = "v1",
            Versions = [new PolicyVersion("v1", now, document, syntax.Mark)],
        };
    }

    /// <exception cref="ApiException">EntityAlreadyExists.</exception>
    public static void RequireFree(string name, Scene scene)
    {
        if (scene.Home.Documents.Find(DocumentKinds.Policy, DocumentKinds.Fold(name)) is not null)
            throw Errors.EntityAlreadyExists($"A policy called {name} already exists. Duplicate names are not allowed.");
    }

    public static Changes Make(this Changes changes, ManagedPolicy policy) => changes.Put(DocumentKinds.Policy, policy).Guard(Guards.Policies);

    /// <summary>The policy with a version more, which is the last of its versions.</summary>
    /// <exception cref="ApiException">MalformedPolicyDocument; LimitExceeded.</exception>
    public static ManagedPolicy WithVersion(this ManagedPolicy policy, string document, PolicySyntax syntax, bool isDefault, Scene scene)
    {
        PolicyDocuments.Parse(document, PolicyType.Identity, Quotas.PolicySize, syntax);
        if (policy.Versions.Count >= Quotas.VersionsPerPolicy)
            throw Errors.LimitExceeded($"A managed policy can have up to {Quotas.VersionsPerPolicy} versions. Before you create a new version, you must delete an existing version.");
        var id = "v" + policy.NextVersion.ToString(CultureInfo.InvariantCulture);
        return policy with
        {
            Versions = [.. policy.Versions, new PolicyVersion(id, scene.NowInSeconds, document, syntax.Mark)],
            NextVersion = policy.NextVersion + 1,
            DefaultVersion = isDefault ? id : policy.DefaultVersion,
            Updated = scene.NowInSeconds,
        };
    }
}
