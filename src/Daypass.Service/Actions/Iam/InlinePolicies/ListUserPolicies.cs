using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>The names of the inline policies of a user.</summary>
internal sealed class ListUserPolicies() : ListInlinePolicies<User>(HolderKinds.User);
