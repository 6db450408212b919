namespace Daypass.Policies;

/// <summary>The kinds of policy that take part in a decision (IAM guide, "Policy types").</summary>
public enum PolicyType
{
    /// <summary>Managed and inline policies of users, groups and roles. They grant.</summary>
    Identity,

    /// <summary>A role's trust policy: who may assume it. It grants <c>sts:AssumeRole*</c>.</summary>
    Trust,

    /// <summary>A policy passed when a session was made. It only limits.</summary>
    Session,

    /// <summary>A permissions boundary of a user or role. It only limits.</summary>
    Boundary,

    /// <summary>A policy attached to a resource. It grants, and names who may.</summary>
    Resource,

    /// <summary>A service control policy (SCP) of the caller's organization. It only limits.</summary>
    ServiceControl,

    /// <summary>A resource control policy (RCP) of the resource owner's organization. It only limits.</summary>
    ResourceControl,
}
