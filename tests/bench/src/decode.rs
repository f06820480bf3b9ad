//! Decoding an answer of about 1 MB, against serde_json into derived copies of the same structs.
//!
//! The copies are made from the generated file when this package is built: the same fields of the same types, all of them
//! optional, without any of our tolerance.

mod document;

use std::error::Error;
use std::hint::black_box;

use alicloud::Bytes;
use alicloud::decode::{Answer, Observed};
use alicloud::dts::v20200101::describe_dts_jobs::DescribeDtsJobsResponse;

use crate::rounds::{Candidate, compare};

#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "copies of generated code that are only filled"
)]
mod derived {
    include!(concat!(env!("OUT_DIR"), "/describe_dts_jobs.rs"));
}

const JOBS: usize = 104;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let document = document::jobs(JOBS)?;
    let (json, xml) = (Bytes::from(document.json), Bytes::from(document.xml));
    same_answers(&json, &xml)?;
    let title = format!(
        "DescribeDtsJobs, {JOBS} jobs: {} bytes of JSON, {} of XML",
        json.len(),
        xml.len()
    );
    let medians = compare(
        &title,
        31,
        4,
        vec![
            candidate("serde_json, derived: JSON", || {
                serde_json::from_slice::<derived::DescribeDtsJobsResponse>(&json).ok()
            }),
            candidate("alicloud: JSON", || ours(&json)),
            candidate("alicloud: XML", || ours(&xml)),
        ],
    );
    for (name, bytes, time) in [
        ("serde_json JSON", &json, medians[0]),
        ("alicloud JSON", &json, medians[1]),
        ("alicloud XML", &xml, medians[2]),
    ] {
        let rate = bytes.len() as f64 / time.as_secs_f64() / 1e6;
        println!("  {name:<44} {rate:>9.0} MB/s");
    }
    Ok(())
}

/// As the client does it: the fields that tell success are picked up on the way.
fn ours(body: &Bytes) -> Option<DescribeDtsJobsResponse> {
    let mut observed = Observed::with_capacity(8);
    for path in [
        "RequestId",
        "requestId",
        "requestid",
        "Success",
        "ErrCode",
        "ErrMessage",
        "DynamicMessage",
    ] {
        observed.watch(path.into());
    }
    DescribeDtsJobsResponse::read(body, &mut observed)
        .ok()
        .map(|(answer, _)| answer)
}

/// A benchmark of decoders that read nothing would be a fast one.
fn same_answers(json: &Bytes, xml: &Bytes) -> Result<(), Box<dyn Error>> {
    let (mine, theirs) = (
        ours(json),
        serde_json::from_slice::<derived::DescribeDtsJobsResponse>(json)?,
    );
    let jobs = mine
        .as_ref()
        .and_then(|answer| answer.dts_job_list.as_ref());
    if jobs.map(Vec::len) != Some(JOBS) || theirs.dts_job_list.as_ref().map(Vec::len) != Some(JOBS)
    {
        return Err("not all jobs were read".into());
    }
    if format!("{mine:?}") != format!("{:?}", Some(theirs)) {
        return Err("the decoders disagree about JSON".into());
    }
    if format!("{:?}", ours(xml)) != format!("{mine:?}") {
        return Err("JSON and XML disagree".into());
    }
    Ok(())
}

fn candidate<'a, T>(name: &'a str, mut run: impl FnMut() -> T + 'a) -> Candidate<'a> {
    Candidate {
        name,
        run: Box::new(move |times| {
            for _ in 0..times {
                black_box(run());
            }
        }),
    }
}
