using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>The names of the inline policies of a group.</summary>
internal sealed class ListGroupPolicies() : ListInlinePolicies<Group>(HolderKinds.Group);
