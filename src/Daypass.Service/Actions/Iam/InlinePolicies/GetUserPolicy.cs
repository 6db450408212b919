using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>An inline policy of a user.</summary>
internal sealed class GetUserPolicy() : GetInlinePolicy<User>(HolderKinds.User);
