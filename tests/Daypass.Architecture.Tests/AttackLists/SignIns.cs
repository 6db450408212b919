namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>Names and passwords at a directory (L: the fact sheet's 1.3), and the exchange of tokens (E: RFC 8693).</summary>
internal static class SignIns
{
    public static readonly Attack[] All =
    [
        new("L1", "no user or no password, which directories take for anonymous", "LdapAttacks.What_no_sign_in_is_never_reaches_the_directory"),
        new("L2", "filters in the name: stars, brackets, NUL", "SlapdTests \"alice)(uid=*\"", "LdapAttacks \"ali\\0ce\"", "LdapProviderTests.What_is_no_filter_is_refused"),
        new("L3", "one user under many spellings", "LdapTests.The_name_is_the_directory_s_own_however_the_caller_writes_it", "LdapProviderTests.Distinguished_names_are_the_same_however_they_are_written"),
        new("L4", "whether there is such a user, by words or work", "LdapAttacks.Whoever_is_refused_by_the_directory_gets_one_answer_for_the_same_work", "RefusalReasons.The_caller_hears_the_same_whatever_the_reason_and_the_trail_has_it", "GuessedPasswords.Guesses_at_nobody_cost_the_store_as_much_as_guesses_at_somebody"),
        new("L5", "guessing, from one place or many", "LdapAttacks.Guesses_from_one_source_are_slowed_whether_or_not_there_is_such_a_user", "GuessedPasswords.Many_sources_are_slowed_together_and_the_owner_s_is_not", "GuessedPasswords.One_source_is_slowed_whichever_users_it_tries_and_an_IPv6_network_is_one_source"),
        new("L6", "locking others out", "GuessedPasswords.Many_sources_are_slowed_together_and_the_owner_s_is_not", "GuessedPasswords.Waits_double_and_end"),
        new("L7", "a directory that hangs, is away, or that nobody vouches for", "LdapAttacks.A_directory_that_hangs_holds_up_a_few_and_no_source_takes_all_places", "LdapAttacks.A_directory_that_hangs_is_left_after_five_seconds_and_what_was_shown_to_it_was_no_guess", "LdapTests.A_directory_that_is_away_or_not_to_be_trusted_is_all_the_same_to_the_caller", "SlapdTests.A_server_that_is_not_vouched_for_gets_no_password"),
        new("L8", "a directory without encryption, or one that could not work", "LdapProviderTests.What_could_not_work_or_would_be_unsafe_is_not_registered", "HostileDirectoryTests.Where_StartTLS_is_refused_nothing_more_is_said"),
        new("L9", "having the stored password sent to another server", "LdapProviderTests.The_stored_password_stays_only_where_it_goes_to_the_same_server_as_before", "LdapProviderTests.The_stored_password_is_neither_sent_in_the_clear_nor_to_whom_others_vouch_for"),
        new("L10", "the stored password, from the store or the API", "LdapProviderTests.A_provider_is_shown_without_its_password_and_deleted", "LdapTests.A_stored_password_is_sealed_and_follows_its_ring_to_a_new_key", "SecretsOfProviders.No_secret_stands_in_a_file_a_log_the_trail_or_an_answer"),
        new("L11", "passwords in the trail", "LdapTests.The_trail_names_the_user_and_holds_neither_password", "SecretsOfProviders.No_secret_stands_in_a_file_a_log_the_trail_or_an_answer"),
        new("L12", "a role of others: of another group, or one that does not trust the directory", "LdapTests.Who_is_in_no_group_that_is_mapped_gets_nothing", "LdapTests.Only_a_role_that_trusts_the_provider_by_its_name_lets_its_users_in"),
        new("L13", "filters and names so deep that reading them takes all there is", "LdapProviderTests.A_deep_filter_is_refused_before_it_is_followed", "LdapAttacks.A_directory_that_calls_somebody_by_a_book_gets_it_into_nothing"),
        new("L14", "a session that outlives its user", "LdapTests.All_sessions_of_a_user_of_a_directory_are_ended_by_his_entry"),
        new("L15", "words slipped in before encryption, a bind that is not answered, answers without end", "HostileDirectoryTests.What_is_slipped_in_behind_the_answer_to_StartTLS_counts_for_nothing", "HostileDirectoryTests.A_bind_that_is_not_answered_is_never_a_yes", "HostileDirectoryTests.A_search_without_end_is_given_up"),
        new("L16", "guessing at several nodes at once, or with so many names that nodes forget", "GuessedPasswords.Two_nodes_over_one_store_ask_the_directory_no_more_often_than_is_said", "GuessedPasswords.Any_number_of_nodes_have_the_tries_of_one_together_and_ten_more_each", "GuessedPasswords.Whoever_guesses_at_a_hundred_thousand_others_meanwhile_gets_no_guess_more", "GuessedPasswords.At_once_they_are_no_more_than_one_after_the_other", "StolenCodes.Two_nodes_check_one_wrong_code_more_than_one_and_no_more_whatever_is_tried_at_both"),
        new("L17", "a referral to somewhere else, and a directory on a private address", "SlapdTests.Groups_are_found_by_their_member_and_referrals_are_not_followed", "SlapdTests.A_private_address_is_called_only_where_the_operator_allows_it"),
        new("L18", "groups in a circle, or so many that some would be left out", "NestedGroups.Circles_end_and_each_level_is_asked_for_once", "NestedGroups.More_levels_than_can_be_looked_at_let_nobody_in", "NestedGroups.More_groups_than_can_be_looked_at_let_nobody_in", "NestedGroups.A_Deny_for_a_group_that_is_in_another_one_is_found_too"),
        new("E1", "a parameter twice, of which two readers take another one", "TokenRequestTests \"&audience=a&policy=1&policy=2\"", "TokenRequestTests \"&audience=a&whatever=1&whatever=2\"", "Boto3Exchange.a_parameter_that_comes_twice_is_refused_whichever_of_the_two_others_believe"),
        new("E2", "acting for somebody, another kind of token, a scope: asked for and not meant", "TokenRequestTests \"&audience=a&actor_token_type=x\"", "TokenRequestTests \"&audience=a&scope=x\"", "TokenRequestTests \"&audience=a&requested_token_type=urn:ietf:params:oauth:token-type:access_token\"", "Boto3Exchange.nobody_acts_for_somebody_and_nothing_is_given_beyond_what_was_asked_for"),
        new("E3", "a client's proof beside the token's", "TokenRequestTests \"&audience=a&client_assertion=x\"", "Boto3Exchange.a_clients_proof_beside_the_tokens_is_refused"),
        new("E4", "a token that is not one for this server", "BrokenTokens \"aud of another\"", "BrokenTokens \"typ of an access token\"", "Boto3Exchange.a_token_that_is_for_somebody_else_or_of_nobody_is_refused"),
        new("E5", "no target, many, or one that the role is not", "TokenRequestTests \"&audience=arn:aws:iam::111122223333:role/other\"", "TokenRequestTests \"&audience=%\"", "Boto3Exchange.a_target_is_one_role_that_trusts"),
        new("E6", "what is refused, told more exactly than by the call itself", "TokenRequestTests.A_refusal_of_a_call_has_its_word", "TokenRequestTests.A_description_has_no_character_that_RFC_6749_gives_it_not", "Boto3Exchange.a_refusal_says_no_more_than_the_call_itself_does"),
        new("E7", "the token in a log", "TokenRequestTests.Nothing_of_a_request_is_printed_but_its_role", "Boto3Exchange.Boto3_finds_the_promise_kept"),
    ];
}
