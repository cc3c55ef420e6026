//! The questions to a rule set as Kotlin values, each with the types of its request and its answer.

use std::fmt::Write as _;

use adjudica::wire::Question;
use anyhow::Result;

use crate::definitions::{asked, title};
use crate::kotlin::{comment, constant, type_name};
use crate::schema::description;

/// `Question.kt`.
pub fn source() -> Result<String> {
    let mut all = String::new();
    for question in Question::ALL {
        let [request, answer] = asked(question)?;
        let name = question.name();
        let [asks, answers] = [type_name(title(request)?), type_name(title(answer)?)];
        all.push_str(&comment(description(answer), "        "));
        let _ = writeln!(
            all,
            "        @JvmField\n        \
             public val {}: Question<{asks}, {answers}> =\n            \
             Question(\"{name}\", {asks}.serializer(), {answers}.serializer())\n",
            constant(name),
        );
    }
    let names = Question::ALL.map(|question| constant(question.name()));
    Ok(format!(
        "// Written by generate-kotlin from core's questions.\n\
         package org.adjudica\n\n\
         import kotlinx.serialization.KSerializer\n\n\
         /**\n \
         * What a rule set can be asked, with the types of the request and of the answer: see\n \
         * [RuleSet.ask].\n \
         *\n \
         * @property name its name in every language\n \
         */\n\
         public class Question<Q : Any, A : Any>\n\
         private constructor(\n    \
         public val name: String,\n    \
         internal val request: KSerializer<Q>,\n    \
         internal val answer: KSerializer<A>,\n\
         ) {{\n    \
         override fun toString(): String = name\n\n    \
         public companion object {{\n\
         {all}        \
         /** Every question. */\n        \
         @JvmField\n        \
         public val all: List<Question<*, *>> = listOf({})\n    \
         }}\n}}\n",
        names.join(", ")
    ))
}
