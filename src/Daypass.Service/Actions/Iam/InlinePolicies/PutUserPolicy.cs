using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Writes an inline policy of a user.</summary>
internal sealed class PutUserPolicy() : PutInlinePolicy<User>(HolderKinds.User);
