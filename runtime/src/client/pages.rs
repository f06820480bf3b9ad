//! Paginators: a long list as a stream of pages, or of items. How a list comes in parts is in the descriptor; `walk` knows
//! where the next part is, and when a service goes round in circles, which ends in an error and not in a loop.

mod walk;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use self::walk::{Next, Place, Walk};
use super::options::NO_OPTIONS;
use super::secrets::redactor;
use super::sending::Sending;
use super::{Call, ServiceClient};
use crate::decode::{Answer, Observed};
use crate::error::Error;
use crate::operation::{PageStyle, Pagination};
use crate::params::Value;
use crate::response::Response;

/// The pages of a list, as a stream. Nothing is sent before it is polled, and no page before the one before it was taken.
///
/// After an error the stream is over; [`Pages::resume_from`] says where a new one can go on.
#[must_use = "pages are asked for only when the stream is polled"]
pub struct Pages<T> {
    call: Call<ServiceClient>,
    under_way: Option<Sending<T>>,
    next: Option<Place>,
    /// Whether an error has ended the stream.
    broken: bool,
    walk: Walk,
}

impl<T> Pages<T> {
    pub(super) fn new(mut call: Call<ServiceClient>) -> Self {
        let added = call.options.as_ref().map(|options| &options.params);
        let added = added.unwrap_or(&NO_OPTIONS.params);
        walk::begin(&call.operation, &mut call.params, added);
        Self {
            call,
            under_way: None,
            next: Some(Place::Start),
            broken: false,
            walk: Walk::default(),
        }
    }

    /// What the parameter that tells the parts apart must be for a new request to go on where this stream is: the number of
    /// the next page, or the token for it. `None` before the first page and at the end.
    #[must_use]
    pub fn resume_from(&self) -> Option<&Value> {
        match &self.next {
            Some(Place::At(value)) => Some(value),
            _ => None,
        }
    }
}

impl<T: Answer> Pages<T> {
    /// The items of the pages, in order. `take` finds them in a page; generated code knows how.
    pub fn items<I>(self, take: fn(T) -> Vec<I>) -> Items<T, I> {
        Items {
            pages: self,
            take,
            ready: VecDeque::new(),
        }
    }

    /// The next page; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error>>> {
        if self.under_way.is_none() {
            let Some(place) = self.next.as_ref().filter(|_| !self.broken) else {
                return Poll::Ready(None);
            };
            let mut call = self.call.clone();
            let paging = call.operation.pagination.clone();
            if let (Place::At(value), Some(paging)) = (place, &paging) {
                call.params.set(paging.place().clone(), value.clone());
            }
            self.under_way = Some(Sending::observing(call, watching(paging.as_ref())));
        }
        let Some(sending) = &mut self.under_way else {
            return Poll::Ready(None);
        };
        let answered = ready!(sending.poll_observed(context));
        self.under_way = None;
        let page = answered.and_then(|(response, observed, course)| {
            let Err(why) = self.advance(&observed) else {
                return Ok(response);
            };
            let request_id = response.request_id().map(ToOwned::to_owned);
            let http = response.into_http();
            let error = Error::undecodable(&self.call.operation, http, request_id, why);
            Err(error.shown(&redactor(&self.call, &course)))
        });
        self.broken = page.is_err();
        Poll::Ready(Some(page))
    }

    /// Works out where the next part is. An error is why there is none although the list is not complete.
    fn advance(&mut self, observed: &Observed) -> Result<(), String> {
        let Some(paging) = &self.call.operation.pagination else {
            self.next = None;
            return Ok(());
        };
        let place = self.next.as_ref();
        self.next = match self
            .walk
            .advance(paging, &self.call.params, place, observed)
        {
            Next::Part(place) => Some(Place::At(place)),
            Next::End => None,
            Next::Astray(why) => return Err(why),
        };
        Ok(())
    }
}

impl Pagination {
    /// The parameter that tells the parts apart.
    fn place(&self) -> &Cow<'static, str> {
        match &self.style {
            PageStyle::Page { page, .. } => page,
            PageStyle::Token { token, .. } => token,
        }
    }
}

/// What a paginator wants to know of an answer.
fn watching(paging: Option<&Pagination>) -> Observed {
    let mut observed = Observed::default();
    let Some(paging) = paging else {
        return observed;
    };
    match &paging.style {
        PageStyle::Page { total, .. } => {
            if let Some(total) = total {
                observed.watch(total.clone());
            }
        }
        PageStyle::Token { next, .. } => observed.watch(next.clone()),
    }
    if let Some(items) = &paging.items {
        observed.watch_list(items.clone());
    }
    observed
}

impl<T: Answer> Stream for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

/// The items of a list, as a stream, page after page.
#[must_use = "items are asked for only when the stream is polled"]
pub struct Items<T, I> {
    pub(super) pages: Pages<T>,
    pub(super) take: fn(T) -> Vec<I>,
    /// Items of a page that has come already.
    pub(super) ready: VecDeque<I>,
}

impl<T: Answer, I> Items<T, I> {
    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// All items that are left, at most `limit` of them.
    ///
    /// # Errors
    ///
    /// As soon as a page fails.
    pub async fn collect(mut self, limit: usize) -> Result<Vec<I>, Error> {
        let mut items = Vec::new();
        while items.len() < limit {
            match self.next().await {
                Some(item) => items.push(item?),
                None => break,
            }
        }
        Ok(items)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error>>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.ready.extend((self.take)(page.into_inner())),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T, I> Unpin for Items<T, I> {}

impl<T: Answer, I> Stream for Items<T, I> {
    type Item = Result<I, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}
